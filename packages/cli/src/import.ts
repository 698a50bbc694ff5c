/** `groundswell import FILE`: sends a file of signals to a running Groundswell and says what became of every row. */
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  type Call,
  cancelImport,
  createClient,
  Fault,
  type ImportView,
  listRefusedRows,
  MAPPING_TARGETS,
  type Mapping,
  MappingTarget,
  Refusal,
  type RefusedRow,
  readImport,
  startImport,
  uploadImport,
} from '@groundswell/contract';

const HELP = `groundswell import FILE --token gsw_… [options]

Sends a file of signals (JSON Lines, CSV or TSV) to a running Groundswell. What the columns are is guessed; --map says
better. Sending the same file again adds nothing.

  --url URL              where Groundswell runs (default http://127.0.0.1:4747)
  --token gsw_…          a token of the source, made on the Sources screen; GROUNDSWELL_TOKEN does as well
  --map COLUMN=TARGET    what a column is; may be repeated. Targets: ${MAPPING_TARGETS.slice(0, 6).join(', ')},
                         ${MAPPING_TARGETS.slice(6).join(', ')}
  --dry-run              show what the columns would be and take nothing
  --help                 this text
`;

/** What is said at the end about refused rows; all of them are on the Import screen. */
const REFUSED_SHOWN = 20;
const ASK_EVERY_MS = 500;
/** Where no terminal overwrites the line, it is written rarely. */
const LOG_EVERY_MS = 10_000;

/**
 * Runs the command.
 * @param args what stands behind `import` on the command line
 * @returns    exit code: 0 every row was judged, 1 it failed or no row could be taken, 2 wrong usage
 * @example
 * await importFile(['reviews.csv', '--token', token, '--map', 'Score=rating']);
 */
export async function importFile(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'number') return options;
  try {
    return await send(options);
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof Fault || isFileError(error))) throw error;
    console.error(`import: ${isFileError(error) ? `${options.file} cannot be read (${error.code}).` : error.message}`);
    return 1;
  }
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  ['ENOENT', 'EACCES', 'EISDIR', 'ERR_INVALID_ARG_VALUE'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');

interface Options {
  readonly file: string;
  readonly url: string;
  readonly token: string;
  readonly map: Mapping;
  readonly dryRun: boolean;
}

function optionsOf(args: string[]): Options | number {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:4747' },
        token: { type: 'string', default: process.env.GROUNDSWELL_TOKEN ?? '' },
        map: { type: 'string', multiple: true, default: [] },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new TypeError('one file is needed');
    if (!URL.canParse(values.url)) throw new TypeError(`--url is "${values.url}", which is no address`);
    if (!values.token) throw new TypeError('a token is needed: --token gsw_… or GROUNDSWELL_TOKEN');
    const map = Object.fromEntries(values.map.map(pairOf));
    return { file, url: values.url.replace(/\/+$/, ''), token: values.token, map, dryRun: values['dry-run'] };
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
    console.error(`import: ${fault.message}\n\n${HELP}`);
    return 2;
  }
}

/** The last "=" divides: a column may hold one, a target never does. */
function pairOf(said: string): [string, MappingTarget] {
  const at = said.lastIndexOf('=');
  const target = MappingTarget.safeParse(said.slice(at + 1));
  if (at > 0 && target.success) return [said.slice(0, at), target.data];
  throw new TypeError(`--map "${said}" is not COLUMN=TARGET with one of ${MAPPING_TARGETS.join(', ')}`);
}

async function send({ file, url, token, map, dryRun }: Options): Promise<number> {
  const call = createClient({ baseUrl: url, headers: () => ({ authorization: `Bearer ${token}` }) });
  const bytes = await openAsBlob(file); // read as it is sent, never whole in memory
  const uploaded = await call(uploadImport, { query: { fileName: basename(file) }, bytes });
  const mapping = withTargets(uploaded, map);
  const params = { id: uploaded.id };
  if (mapping === null || dryRun) {
    await call(cancelImport, { params });
    if (mapping === null) return 2;
    console.log(`${describe(uploaded, mapping)}\nThis was a dry run: nothing was taken.`);
    return 0;
  }
  if (!uploaded.sourceId) {
    throw new Fault('The server did not say which source the token belongs to. Nothing was taken.', 0, null);
  }
  await call(startImport, { params, body: { sourceId: uploaded.sourceId, mapping } });
  const ended = await watch(call, uploaded.id);
  const { rows } = await call(listRefusedRows, { params, query: { limit: REFUSED_SHOWN } });
  console.log(resultOf(ended, rows));
  const { added, revised, unchanged } = ended.progress;
  return ended.state === 'done' && added + revised + unchanged > 0 ? 0 : 1;
}

/** What was guessed, and what the person said better: a target that is given to one column is taken from another. */
export function withTargets(
  { columns, suggested }: Pick<ImportView, 'columns' | 'suggested'>,
  map: Mapping,
): Mapping | null {
  const unknown = Object.keys(map).find((column) => !columns.includes(column));
  if (unknown !== undefined) {
    console.error(`import: the file has no column "${unknown}". It has: ${columns.join(', ')}. Nothing was taken.`);
    return null;
  }
  const said = new Set<string>(Object.values(map).filter((target) => target !== 'dimension' && target !== 'ignore'));
  const kept = Object.entries(suggested).map(([column, target]) => [column, said.has(target) ? 'ignore' : target]);
  return { ...Object.fromEntries(kept), ...map };
}

function describe({ fileName, format }: ImportView, mapping: Mapping): string {
  const width = Math.max(...Object.keys(mapping).map((column) => column.length));
  const lines = Object.entries(mapping).map(([column, target]) => `  ${column.padEnd(width)}  ${target}`);
  return `${fileName} is ${format.toUpperCase()} with these columns:\n${lines.join('\n')}`;
}

/** Follows the import until it ends. The server does the work: ending this program does not end the import. */
async function watch(call: Call, id: string): Promise<ImportView> {
  const terminal = process.stderr.isTTY;
  let said = 0;
  for (;;) {
    const view = await call(readImport, { params: { id } });
    const over = view.state !== 'running';
    const now = performance.now();
    if (terminal) process.stderr.write(over ? '\r\u001B[K' : `\r\u001B[K${progressOf(view)}`);
    else if (!over && now - said > LOG_EVERY_MS) {
      console.error(progressOf(view));
      said = now;
    }
    if (over) return view;
    await sleep(ASK_EVERY_MS);
  }
}

const number = (value: number): string => Math.round(value).toLocaleString('en');

/** One line: how much, how fast, how long still. */
export function progressOf({ progress }: Pick<ImportView, 'progress'>): string {
  const { rowsRead, bytesRead, bytesTotal, rowsPerSecond, secondsLeft } = progress;
  const share = bytesTotal > 0 ? Math.floor((bytesRead / bytesTotal) * 100) : 0;
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
  const ended = { done: [], cancelled: ['The import was cancelled. What was added stays.'] }[state as string] ?? [
    error ?? `It is ${state}.`,
  ];
  const why = rows.map(({ row, reason }) => `  row ${row}: ${reason}`);
  const more =
    refused > rows.length ? [`  … and ${number(refused - rows.length)} more; the Import screen lists them all.`] : [];
  const old = history ? ['Most rows are older than two days: they are read as history, and nobody is notified.'] : [];
  return [...ended, counts, ...nothingNew, ...old, ...why, ...more].join('\n');
}
