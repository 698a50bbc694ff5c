/** One chunk of rows on its way in: judged, kept, and counted in one transaction with its place in the file. */
import type { IntakeSummary, RefusedRow } from '@groundswell/contract';
import type { RowOrFault } from '@groundswell/formats';
import type { Actor } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { redact } from '../privacy/index.ts';
import { countIntake, type RowAsSignal, takeSignals } from '../signals/index.ts';
import { RUN_IMPORT } from './import.actions.ts';
import { addRefusals, saveImport } from './import.store.ts';
import { advance, handOver, type Import, isOld } from './import.ts';
import type { RowRead } from './import-row.ts';

export interface ChunkToTake {
  readonly rows: readonly RowOrFault[];
  readonly read: RowRead;
  /** Where the people of the source are: what personal data looks like there. */
  readonly regions: readonly string[];
  readonly fileBytesRead: number;
  /** The last of this turn: with it goes the next turn. */
  readonly last: boolean;
}

/** Rows, refusals and the place in the file: all of them, or none. */
export async function takeChunk(tools: Tools, actor: Actor, before: Import, chunk: ChunkToTake): Promise<Import> {
  const { rows, last } = chunk;
  const { taken, refused, old } = judge(rows, chunk.read, tools.clock.now());
  let after = before;
  const keep = async (trx: Trx, summary: IntakeSummary) => {
    await countRefused(trx, before, refused.length, tools.clock.now()); // intake has counted its own
    const all = [...refused, ...summary.refused].map(withoutPeople(chunk.regions));
    const { row: lastRow, after: bytesRead } = rows.at(-1)!;
    const oldRows = old.size - summary.refused.filter(({ row }) => old.has(row)).length;
    const place = { lastRow, bytesRead, fileBytesRead: chunk.fileBytesRead };
    const next = advance(before, { ...summary, ...place, refused: all, rows: rows.length, oldRows }, tools.clock.now());
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

/**
 * A column that was taken for the id may hold an address, and a reason may quote what was taken for a time: what is kept
 * of a refused row outlives the file, so it names nobody.
 */
function withoutPeople(regions: readonly string[]): (row: RefusedRow) => RefusedRow {
  const hints = { regions, language: null };
  const known = new Map<string, string>(); // a million rows are refused for a handful of reasons
  const cleanReason = (said: string): string => {
    const before = known.get(said);
    if (before !== undefined) return before;
    const { text } = redact(said, hints);
    known.set(said, text);
    return text;
  };
  const cleanId = (said: string): string => {
    const { text, found } = redact(said, hints);
    return found.email ? text : said; // a number is an order or a ticket here: it is what the row is found by
  };
  return ({ row, id, reason }) => ({ row, id: id && cleanId(id), reason: cleanReason(reason) });
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

/** What intake is to judge, and what cannot even be read as a signal. */
export function judge(rows: readonly RowOrFault[], read: RowRead, now: Date) {
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
