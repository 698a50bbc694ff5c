/** What `groundswell import` says: before, while and after. Pure. */
import type { ImportView, Mapping, RefusedRow, ReplyOf, tryImport } from '@groundswell/contract';

const number = (value: number): string => Math.round(value).toLocaleString('en');

const EXPORTS: Readonly<Record<NonNullable<ImportView['knownExport']>, string>> = {
  google_play: 'an export of Google Play',
  app_store: 'an export of the App Store',
  zendesk: 'an export of Zendesk',
  freshdesk: 'an export of Freshdesk',
  intercom: 'an export of Intercom',
  coop: 'an export of Coop',
  ozone: 'an export of Ozone',
};

/** What the file is and what its columns are taken for. */
export function described(view: ImportView, mapping: Mapping): string {
  const { fileName, format, packed, doubt, knownExport } = view;
  const width = Math.max(...Object.keys(mapping).map((column) => column.length));
  const lines = Object.entries(mapping).map(([column, target]) => `  ${column.padEnd(width)}  ${target}`);
  const what = `${format.toUpperCase()}${packed ? ', packed with gzip' : ''}`;
  const whose = knownExport ? `, ${EXPORTS[knownExport]}` : '';
  const open = doubt ? `\n${doubt}` : '';
  return `${fileName} is ${what}${whose}, with these columns:\n${lines.join('\n')}${open}`;
}

/** What the first rows would become. */
export function tried(trial: ReplyOf<typeof tryImport>): string {
  const { rows, whole, added, revised, unchanged, refused, refusedRows, redacted, languages, from, to } = trial;
  const places = Object.entries(redacted).map(([what, count]) => `${number(count)} ${what.replace('_', ' ')}`);
  const tongues = languages.slice(0, 5).map(({ language, rows: of }) => `${language ?? 'unknown'} ${number(of)}`);
  return [
    `${whole ? `All ${number(rows)} rows` : `The first ${number(rows)} rows`} were tried: ${number(added)} would be added, ${number(revised)} revised, ${number(unchanged)} are here already, ${number(refused)} would be refused.`,
    ...(from && to ? [`They were said between ${from} and ${to}.`] : []),
    ...(tongues.length > 0 ? [`Languages: ${tongues.join(', ')}.`] : []),
    ...(places.length > 0 ? [`Personal data that would be replaced: ${places.join(', ')}.`] : []),
    ...refusedRows.slice(0, REFUSED_SHOWN).map(({ row, reason }) => `  row ${row}: ${reason}`),
    ...(refused > REFUSED_SHOWN ? [`  … and ${number(refused - REFUSED_SHOWN)} more`] : []),
    'This was a dry run: nothing was taken.',
  ].join('\n');
}

/** What is said at the end about refused rows; all of them are in the file of `--refused`. */
export const REFUSED_SHOWN = 20;

/** One line: how much, how fast, how long still. */
export function progressOf({ progress, error }: Pick<ImportView, 'progress' | 'error'>): string {
  const { rowsRead, bytesRead, bytesTotal, rowsPerSecond, secondsLeft } = progress;
  const share = bytesTotal > 0 ? Math.floor((bytesRead / bytesTotal) * 100) : 0;
  if (error !== null) return `${number(rowsRead)} rows · ${share} % · waiting: ${error}`;
  const rate = rowsPerSecond === null ? '' : ` · ${number(rowsPerSecond)} rows/s`;
  return `${number(rowsRead)} rows · ${share} %${rate}${secondsLeft === null ? '' : ` · ${timeLeft(secondsLeft)} left`}`;
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `about ${Math.round(seconds / 60)} min` : `about ${(seconds / 3600).toFixed(1)} h`;
}

/** What became of the rows, in words. */
export function resultOf({ state, error, progress, history }: ImportView, rows: readonly RefusedRow[]): string {
  const { rowsRead, added, revised, unchanged, refused } = progress;
  const counts = `${number(rowsRead)} rows read: ${number(added)} added, ${number(revised)} revised, ${number(unchanged)} were here already, ${number(refused)} refused.`;
  const nothingNew =
    state === 'done' && added + revised === 0 && unchanged > 0
      ? ['Nothing new: what could be read was here already.']
      : [];
  const cancelled = ['The import was cancelled. What was added stays; the same file sent again adds the rest.'];
  const ended = { done: [], cancelled }[state as string] ?? [error ?? `It is ${state}.`];
  const why = rows.map(({ row, reason }) => `  row ${row}: ${reason}`);
  const more =
    refused > rows.length
      ? [
          `  … and ${number(refused - rows.length)} more; --refused FILE writes them all, and the Import screen lists them.`,
        ]
      : [];
  const old = history ? ['Most rows are older than two days: they are read as history, and nobody is notified.'] : [];
  return [...ended, counts, ...nothingNew, ...old, ...why, ...more].join('\n');
}
