/**
 * Running an import. It is done in turns of some seconds, each a job of its own: so a stop of the server never waits for
 * a large file, and several imports share the workers. Every chunk is one transaction with its place in the file; whatever
 * happens, the next turn goes on behind the last chunk that was kept.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '@groundswell/contract';
import { type Actor, compartmentNames, SYSTEM } from '../access/index.ts';
import { record } from '../events.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { loadSource } from '../signals/index.ts';
import { RUN_IMPORT } from './import.actions.ts';
import { compartmentOfImport, holdIdleImports, loadImport, saveImport } from './import.store.ts';
import { beat, fail, failForGood, finish, handOver, type Import, STALLED_AFTER_MS, takeUp, wait } from './import.ts';
import { takeChunk } from './import-chunk.actions.ts';
import { meaningOf } from './import-faults.ts';
import { openReader, putAside } from './import-reader.ts';
import { readerFor } from './import-row.ts';

/** 2,000 rows were as fast as 5,000 and let a cancel through twice a second; 4 MB bound the memory of long rows. */
const CHUNK = { rows: 2_000, bytes: 4 * 1024 * 1024, patienceMs: 3_000 };
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
 * Starts the next turn of every import whose runner has been silent for so long that it must be dead, and of every one
 * whose pause is over. If the runner lives after all, its next chunk finds another version and is dropped whole. A server
 * that starts does not wait for a pause to end; one that knows itself to be alone does not wait for silence either.
 */
export async function takeOverImports(
  { db, clock }: Tools,
  { silentMs = STALLED_AFTER_MS, starting = false }: { silentMs?: number; starting?: boolean } = {},
): Promise<void> {
  const at = clock.now();
  const since = new Date(at.getTime() - silentMs);
  for (const compartment of await compartmentNames(db)) {
    const actor = SYSTEM.intake(compartment);
    await db.change(actor, async (trx) => {
      for (const idle of await holdIdleImports(trx, actor, { since, dueBy: starting ? null : at })) {
        await saveImport(trx, handOver(idle, at));
        await enqueue(trx, RUN_IMPORT, { importId: idle.id });
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
  const { regions } = await tools.db.as(actor, (db) => loadSource(db, mine.sourceId!));
  const read = readerFor(mine.mapping!, mine.preview);
  const reader = openReader(tools.files, mine);
  let one = mine;
  let open = false;
  try {
    for (let turn = 1; !open; turn++) {
      const last = turn === CHUNKS_PER_TURN;
      const { rows, ended, fault } = await reader.next(CHUNK);
      const place = { fileBytesRead: reader.fileBytesRead(), last: last && !ended };
      if (rows.length > 0) one = await takeChunk(tools, actor, one, { rows, read, regions, ...place });
      else if (!ended) one = await showLife(tools, actor, one, place);
      if (fault) throw fault;
      if (ended) return await finishImport(tools, actor, one);
      open = last;
    }
    putAside(tools.files, one, reader);
  } finally {
    if (!open) reader.close();
  }
}

/** Where the file holds no rows for a while: blank lines, or a line without an end. */
function showLife(
  { db, clock }: Tools,
  actor: Actor,
  one: Import,
  { fileBytesRead, last }: { fileBytesRead: number; last: boolean },
): Promise<Import> {
  const alive = beat(one, fileBytesRead, clock.now());
  return db.change(actor, async (trx) => {
    if (last) await enqueue(trx, RUN_IMPORT, { importId: one.id });
    return saveImport(trx, last ? handOver(alive, alive.beatAt!) : alive);
  });
}

function finishImport({ db, clock }: Tools, actor: Actor, one: Import): Promise<void> {
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const { id, compartment, added, revised, unchanged, refused, oldRows } = await saveImport(trx, finish(one, at));
    const payload = { importId: id, added, revised, unchanged, refused, oldRows };
    const subject = { kind: 'import', id } as const;
    await record(trx, actor, { name: 'import.finished', at, compartment: compartment!, subject, payload });
  });
}

/** A database that restarts cannot be told anything for some seconds. */
const SAY_AGAIN_AFTER_MS = [500, 2_000, 5_000, 10_000];

/** Says what happened, unless somebody else has it by now. If even that fails, the clock finds the silent run later. */
async function giveUp(tools: Tools, actor: Actor, mine: Import, error: unknown): Promise<void> {
  for (const pauseMs of [...SAY_AGAIN_AFTER_MS, null]) {
    const unsaid = await say(tools, actor, mine, error).then(
      () => null,
      (again: unknown) => again, // the first error is the one to tell
    );
    if (unsaid === null || pauseMs === null || meaningOf(unsaid).kind !== 'passing') return;
    await sleep(pauseMs);
  }
}

function say({ db, clock }: Tools, actor: Actor, { id, runner }: Import, error: unknown): Promise<void> {
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const one = await loadImport(trx, actor, id);
    if (one.runner !== runner) return;
    const next = afterFault(one, error, at);
    const { compartment, state } = await saveImport(trx, next);
    if (state !== 'failed') return;
    const subject = { kind: 'import', id } as const;
    const payload = { importId: id };
    await record(trx, actor, { name: 'import.failed', at, compartment: compartment!, subject, payload });
  });
}

function afterFault(one: Import, error: unknown, at: Date): Import {
  const { kind, why } = meaningOf(error);
  if (kind === 'file') return failForGood(one, why, at);
  return (kind === 'passing' ? wait(one, why, at) : null) ?? fail(one, why, at);
}
