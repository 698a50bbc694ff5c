/** `groundswell import FILE`: sends a file of signals to a running Groundswell and says what became of every row. */
import { createWriteStream, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  type Call,
  cancelImport,
  createClient,
  downloadRefusedRows,
  Fault,
  type ImportView,
  listRefusedRows,
  MAPPING_TARGETS,
  type Mapping,
  MappingTarget,
  Refusal,
  readImport,
  startImport,
  statusOf,
  tryImport,
  uploadImport,
} from '@groundswell/contract';
import { described, progressOf, REFUSED_SHOWN, resultOf, tried } from './import-words.ts';

const HELP = `groundswell import FILE --token gsw_… [options]

Sends a file of signals to a running Groundswell: CSV, TSV, JSON, each also packed with gzip, or an Excel workbook. Exports
of Google Play, the App Store, Zendesk, Freshdesk and Intercom are known by their columns; any other file starts from how
the last one of its source was read, or from what its columns look like; --map says better. Sending the same file again
adds nothing.

  --url URL              where Groundswell runs (default http://127.0.0.1:4747)
  --token gsw_…          a token of the source, made on the Sources screen; GROUNDSWELL_TOKEN does as well
  --map COLUMN=TARGET    what a column is; may be repeated. Targets: ${MAPPING_TARGETS.slice(0, 6).join(', ')},
                         ${MAPPING_TARGETS.slice(6).join(', ')}
  --dry-run              say what would become of the first rows, and take nothing
  --refused FILE.csv     write the rows that were refused there, with the reason, to mend and send again
  --help                 this text

The server does the work. Ctrl-C cancels the import: what was added stays, and the same file sent again adds the rest.
If this program is ended otherwise, the import goes on without it.
Exit codes: 0 every row was judged, 1 it failed or no row could be taken, 2 wrong usage, 130 cancelled by Ctrl-C.
`;

const ASK_EVERY_MS = 500;
/** Where no terminal overwrites the line, it is written rarely. */
const LOG_EVERY_MS = 10_000;

/**
 * Runs the command.
 * @param args what stands behind `import` on the command line
 * @returns    exit code: 0 every row was judged, 1 it failed or no row could be taken, 2 wrong usage, 130 Ctrl-C
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
    console.error(
      `import: ${isFileError(error) ? `${error.path ?? options.file} cannot be used (${error.code}).` : error.message}`,
    );
    const { code, details } = error as Partial<Refusal>;
    if (code !== 'import.mapping_incomplete') return 1;
    console.error(`Say it with --map COLUMN=${String(details?.target ?? 'TARGET')}.`);
    return 2;
  }
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  ['ENOENT', 'EACCES', 'EISDIR', 'ENOSPC', 'EROFS', 'ENOTDIR', 'ERR_INVALID_ARG_VALUE'].includes(
    (error as NodeJS.ErrnoException | null)?.code ?? '',
  );

interface Options {
  readonly file: string;
  readonly url: string;
  readonly token: string;
  readonly map: Mapping;
  readonly dryRun: boolean;
  /** Where refused rows are written; empty for nowhere. */
  readonly refused: string;
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
        refused: { type: 'string', default: '' },
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
    const { token, refused } = values;
    return { file, url: values.url.replace(/\/+$/, ''), token, map, refused, dryRun: values['dry-run'] };
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

async function send(options: Options): Promise<number> {
  const { file, url, map, dryRun } = options;
  const call = createClient({ baseUrl: url, headers: () => authorization(options) });
  const bytes = await openAsBlob(file); // read as it is sent, never whole in memory
  const uploaded = await call(uploadImport, { query: { fileName: basename(file) }, bytes });
  const params = { id: uploaded.id };
  const mapping = withTargets(uploaded, map);
  if (mapping === null) {
    await call(cancelImport, { params });
    return 2;
  }
  console.log(described(uploaded, mapping));
  if (!uploaded.sourceId) {
    throw new Fault('The server did not say which source the token belongs to. Nothing was taken.', 0, null);
  }
  const body = { sourceId: uploaded.sourceId, mapping };
  if (dryRun) {
    const trial = await call(tryImport, { params, body }).finally(() => call(cancelImport, { params }));
    console.log(tried(trial));
    return trial.added + trial.revised + trial.unchanged > 0 ? 0 : 1;
  }
  try {
    await call(startImport, { params, body });
  } catch (error) {
    await call(cancelImport, { params }).catch(() => {}); // the file is of no use there; the first error is the one to tell
    throw error;
  }
  const ended = await watch(call, uploaded.id);
  await report(call, ended, options);
  const { added, revised, unchanged } = ended.progress;
  if (ended.state === 'cancelled') return 130;
  return ended.state === 'done' && added + revised + unchanged > 0 ? 0 : 1;
}

const authorization = ({ token }: Options) => ({ authorization: `Bearer ${token}` });

async function report(call: Call, ended: ImportView, options: Options): Promise<void> {
  const query = { limit: REFUSED_SHOWN };
  const { rows } = await patiently(() => call(listRefusedRows, { params: { id: ended.id }, query }));
  console.log(resultOf(ended, rows));
  if (!options.refused || rows.length === 0) return;
  const url = options.url + downloadRefusedRows.path.replace(':id', ended.id);
  const reply = await fetch(url, { headers: authorization(options) });
  if (!reply.ok || !reply.body)
    throw new Fault(`The refused rows could not be fetched (${reply.status}).`, reply.status, null);
  await pipeline(Readable.fromWeb(reply.body), createWriteStream(options.refused));
  console.log(`The refused rows are in ${options.refused}. Mend them there and import that file.`);
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

/**
 * Follows the import until it ends. Ctrl-C cancels it; whoever presses it again does not want to wait for the answer. A
 * server that is away for a moment, as during a restart, goes on with the import when it is back, and so do we.
 */
async function watch(call: Call, id: string): Promise<ImportView> {
  const terminal = process.stderr.isTTY;
  let cancelled = false;
  const cancel = (): void => {
    if (cancelled) process.exit(130);
    cancelled = true;
    console.error('Cancelling…');
    call(cancelImport, { params: { id } }).catch(() => {}); // it may have ended meanwhile; the next look says
  };
  process.on('SIGINT', cancel);
  try {
    for (let said = 0; ; ) {
      const view = await patiently(() => call(readImport, { params: { id } }));
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
  } finally {
    process.off('SIGINT', cancel);
  }
}

/** A restart takes seconds, a large database that recovers takes minutes. */
const AWAY_FOR_MS = 300_000;

/** Asks again while the server, or the database behind it, is away. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + AWAY_FOR_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const passing = error instanceof Fault || (error instanceof Refusal && statusOf(error.code) === 503);
      if (!passing) throw error;
      if (performance.now() > until) throw new Fault(`${error.message} ${GOES_ON}`, 0, null);
      await sleep(ASK_EVERY_MS * 2);
    }
  }
}

const GOES_ON =
  'That was asked for five minutes. The import goes on without this program: the Import screen shows how far it is.';
