/** As much of the parser as we call; it brings no declarations of its own. */
declare module 'saxen' {
  export class Parser {
    on(event: 'openTag', does: (name: string, attributes: () => Record<string, string>) => void): this;
    on(event: 'closeTag', does: (name: string) => void): this;
    on(event: 'text' | 'cdata', does: (words: string) => void): this;
    on(event: 'error', does: (error: Error) => void): this;
    write(xml: string): this;
    end(): Error | undefined;
  }
}
