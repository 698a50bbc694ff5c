/**
 * Running an import. It is done in turns of some seconds, each a job of its own: so a stop of the server never waits for
 * a large file, and several imports share the workers. Every chunk is one transaction with its place in the file; whatever
 * happens, the next turn goes on behind the last chunk that was kept.
 */
import { randomUUID } from 'node:crypto';
import { type IntakeSummary, Refusal, type RefusedRow } from '@groundswell/contract';
import type { RowOrFault } from '@groundswell/formats';
import { type Actor, compartmentNames, SYSTEM } from '../access/index.ts';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { countIntake, type RowAsSignal, rowReader, takeSignals } from '../signals/index.ts';
import { RUN_IMPORT } from './import.actions.ts';
import { addRefusals, compartmentOfImport, holdSilentImports, loadImport, saveImport } from './import.store.ts';
import { advance, fail, finish, handOver, type Import, isOld, STALLED_AFTER_MS, takeUp } from './import.ts';
import { inChunks, rowsLeft } from './import-file.ts';

/** 2,000 rows were as fast as 5,000 and let a cancel through twice a second; 4 MB bound the memory of long rows. */
const CHUNK = { rows: 2_000, bytes: 4 * 1024 * 1024 };
/** Some five seconds of work. Counted, not timed: a turn is the same wherever it runs. */
const CHUNKS_PER_TURN = 10;

/** One turn at an import. Does nothing if somebody else is at it, or if there is nothing left to do. */
export async function runTurn(tools: Tools, importId: string): Promise<void> {
  const compartment = await compartmentOfImport(tools.db, SYSTEM.access, importId);
  if (compartment === null) return;
  const actor = SYSTEM.intake(compartment);
  const mine = await takeUpImport(tools, actor, importId);
  if (!mine) return;
  try {
    await takeRows(tools, actor, mine);
  } catch (error) {
    if (isLost(error)) return;
    await giveUp(tools, actor, mine, error);
    throw error; // to the log, whole
  }
}

/** Cancelled, or taken over because we were silent for too long: what we had not kept yet is for the other to take. */
const isLost = (error: unknown): boolean => error instanceof Refusal && error.code === 'import.wrong_state';

/**
 * Frees every import whose runner has been silent for so long that it must be dead, and starts its next turn. If the
 * runner lives after all, its next chunk finds another version and is dropped whole. At the start of a server that knows
 * itself to be alone every other runner is dead: then 0 will do.
 */
export async function takeOverImports({ db, clock }: Tools, silentMs = STALLED_AFTER_MS): Promise<void> {
  const at = clock.now();
  for (const compartment of await compartmentNames(db)) {
    const actor = SYSTEM.intake(compartment);
    await db.change(actor, async (trx) => {
      for (const dead of await holdSilentImports(trx, actor, new Date(at.getTime() - silentMs))) {
        await saveImport(trx, handOver(dead, at));
        await enqueue(trx, RUN_IMPORT, { importId: dead.id });
      }
    });
  }
}

/** Null if it is not to be had: two that come at once both read the same version, and only one of them keeps the next. */
async function takeUpImport({ db, clock }: Tools, actor: Actor, importId: string): Promise<Import | null> {
  const taken = db.change(actor, async (trx) => {
    const mine = takeUp(await loadImport(trx, actor, importId), randomUUID(), clock.now());
    return mine && saveImport(trx, mine);
  });
  return taken.catch((error: unknown) => {
    if (isLost(error)) return null;
    throw error;
  });
}

async function takeRows(tools: Tools, actor: Actor, mine: Import): Promise<void> {
  const read = rowReader(mine.mapping!);
  let one = mine;
  let chunks = 0;
  for await (const rows of inChunks(rowsLeft(tools.files, mine), mine.bytesRead, CHUNK)) {
    const last = ++chunks === CHUNKS_PER_TURN;
    one = await takeChunk(tools, actor, one, rows, read, last);
    if (last) return;
  }
  await finishImport(tools, actor, one);
}

/** Rows, refusals and the place in the file: kept in one transaction. With the last chunk of a turn goes the next turn. */
async function takeChunk(
  tools: Tools,
  actor: Actor,
  before: Import,
  rows: readonly RowOrFault[],
  read: ReturnType<typeof rowReader>,
  last: boolean,
): Promise<Import> {
  const { taken, refused, old } = judge(rows, read, tools.clock.now());
  let after = before;
  const keep = async (trx: Trx, summary: IntakeSummary) => {
    await countRefused(trx, before, refused.length, tools.clock.now()); // intake has counted its own
    const all = [...refused, ...summary.refused];
    const { row: lastRow, after: bytesRead } = rows.at(-1)!;
    const oldRows = old.size - summary.refused.filter(({ row }) => old.has(row)).length;
    const chunk = { ...summary, refused: all, rows: rows.length, lastRow, bytesRead, oldRows };
    const next = advance(before, chunk, tools.clock.now());
    after = await saveImport(trx, last ? handOver(next, next.beatAt!) : next);
    await addRefusals(trx, after, all);
    if (last) await enqueue(trx, RUN_IMPORT, { importId: after.id });
  };
  if (taken.length > 0) {
    await takeSignals(tools, actor, before.sourceId!, taken, { importId: before.id, alongside: keep });
  } else {
    await tools.db.change(actor, (trx) => keep(trx, { added: 0, revised: 0, unchanged: 0, refused: [] }));
  }
  return after;
}

async function countRefused(
  trx: Trx,
  { sourceId, compartment }: Import,
  refused: number,
  receivedAt: Date,
): Promise<void> {
  if (refused === 0) return;
  const nothing = { lastEventAt: null, hasAuthors: false, perHour: new Map<number, number>() };
  await countIntake(trx, { sourceId: sourceId!, compartment: compartment!, receivedAt, refused, ...nothing });
}

function judge(rows: readonly RowOrFault[], read: (cells: RowCells) => RowAsSignal, now: Date) {
  const taken: { row: number; value: unknown }[] = [];
  const refused: RefusedRow[] = [];
  const old = new Set<number>();
  for (const one of rows) {
    const judged: RowAsSignal = one.kind === 'row' ? read(one.cells) : { reason: one.reason, id: null };
    if ('reason' in judged) {
      refused.push({ row: one.row, id: judged.id, reason: judged.reason });
      continue;
    }
    taken.push({ row: one.row, value: judged.value });
    if (isOld(judged.at, now)) old.add(one.row);
  }
  return { taken, refused, old };
}
type RowCells = Extract<RowOrFault, { kind: 'row' }>['cells'];

function finishImport({ db, clock }: Tools, actor: Actor, one: Import): Promise<void> {
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const { id, compartment, added, revised, unchanged, refused, oldRows } = await saveImport(trx, finish(one, at));
    const payload = { importId: id, added, revised, unchanged, refused, oldRows };
    const subject = { kind: 'import', id } as const;
    await record(trx, actor, { name: 'import.finished', at, compartment: compartment!, subject, payload });
  });
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'The uploaded file is not on the disk any more.',
  '53100': 'The disk of the database is full.',
};

/** Says that it failed, unless somebody else has it by now. If even that fails, the clock finds the silent run later. */
async function giveUp({ db, clock }: Tools, actor: Actor, { id, runner }: Import, error: unknown): Promise<void> {
  const at = clock.now();
  const { code = '' } = error as NodeJS.ErrnoException;
  const why = WHY[code] ?? 'The import stopped because of a fault on our side, which was written to the log.';
  const say = db.change(actor, async (trx) => {
    const one = await loadImport(trx, actor, id);
    if (one.runner !== runner) return;
    const { compartment } = await saveImport(trx, fail(one, why, at));
    const subject = { kind: 'import', id } as const;
    const payload = { importId: id };
    await record(trx, actor, { name: 'import.failed', at, compartment: compartment!, subject, payload });
  });
  await say.catch(() => {}); // the first error is the one to tell
}
