/** What a fault in the middle of an import means: one that passes by itself, one of the file, or one of ours. Pure. */
import { Refusal } from '@groundswell/contract';
import { Unreadable } from '@groundswell/formats';

export type Meaning =
  /** What stands in the way may go away: try again. */
  | { readonly kind: 'passing'; readonly why: string }
  /** The file cannot be read on; the words say what to do with it. */
  | { readonly kind: 'file'; readonly why: string }
  /** It stays until somebody acts. */
  | { readonly kind: 'lasting'; readonly why: string };

const AWAY = 'The database cannot be reached.';
const FULL = 'A disk is full. Make room there.';
const BUSY = 'The database is too busy.';

/** SQLSTATE, or the word of the system call. A driver that loses its connection says so by these, or by words alone. */
const PASSING: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']
      .concat(['57P01', '57P02', '57P03', '08000', '08001', '08003', '08004', '08006', '25006'])
      .map((code) => [code, AWAY]),
  ),
  ...Object.fromEntries(['53100', 'ENOSPC', 'EDQUOT'].map((code) => [code, FULL])),
  ...Object.fromEntries(
    ['53000', '53200', '53300', '55P03', '57014', '40001', '40P01', '25P03'].map((code) => [code, BUSY]),
  ),
  EMFILE: 'Too many files are open at once.',
  EIO: 'A disk does not answer.',
};
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

const LASTING: Readonly<Record<string, string>> = {
  ENOENT: 'The uploaded file is not on the disk any more.',
};

export function meaningOf(error: unknown): Meaning {
  if (error instanceof Unreadable) return { kind: 'file', why: error.message };
  if (error instanceof Refusal) return { kind: 'lasting', why: error.message };
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  const passing = PASSING[code] ?? (LOST.test(message) ? AWAY : undefined);
  if (passing) return { kind: 'passing', why: passing };
  const ours = 'The import stopped because of a fault on our side, which was written to the log.';
  return { kind: 'lasting', why: LASTING[code] ?? ours };
}
