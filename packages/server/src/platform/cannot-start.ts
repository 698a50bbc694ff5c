/** A foreseen reason not to start, in words for whoever operates the house: what happened, what was kept, what to do. */
export class CannotStart extends Error {
  /** 2 where the operator has asked for something impossible, 1 where something is not as it should be. */
  readonly exitCode: 1 | 2;

  constructor(message: string, { exitCode = 1, cause }: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'CannotStart';
    this.exitCode = exitCode;
  }
}
