/** The file is none that can be read, or not to its end. The message says what it is and what to do. */
export class Unreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreadable';
  }
}
