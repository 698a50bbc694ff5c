/** Structured lines on standard error, so that standard output keeps the one line that people wait for. */
import { type DestinationStream, destination, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** What must never reach a log, wherever it stands in what is logged. */
const SECRET = ['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token', 'connectionString'];
const paths = SECRET.flatMap((word) => {
  const key = word.includes('-') ? `["${word}"]` : `.${word}`;
  return [key.replace(/^\./, ''), `*${key}`, `*.*${key}`, `*.*.*${key}`];
});

export function openLog(level: string, to: DestinationStream = destination(2)): Logger {
  return pino({ level, base: null, redact: { paths, censor: '(kept secret)' } }, to);
}
