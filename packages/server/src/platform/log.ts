/** Structured lines on standard error, so that standard output keeps the one line that people wait for. */
import { type DestinationStream, destination, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** What must never reach a log, wherever it stands in what is logged. */
const SECRET = ['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token', 'connectionString'];
const paths = SECRET.flatMap((word) => {
  const key = word.includes('-') ? `["${word}"]` : `.${word}`;
  return [key.replace(/^\./, ''), `*${key}`, `*.*${key}`, `*.*.*${key}`];
});

/**
 * An error as it may be kept. Not the object whole: a database error brings its connection along, and its `detail`
 * quotes the row that was refused, which may hold a person's words.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return { name, message, code, constraint, table, stack, ...(cause !== undefined && { cause: describeError(cause) }) };
}

export function openLog(level: string, to: DestinationStream = destination(2)): Logger {
  return pino(
    { level, base: null, redact: { paths, censor: '(kept secret)' }, serializers: { err: describeError } },
    to,
  );
}
