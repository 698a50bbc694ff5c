/** Lists leave the house. That somebody took them is recorded before the first row goes. */
import { randomUUID } from 'node:crypto';
import { EXPORT_ROWS_AT_ONCE, EXPORT_ROWS_MAX, EXPORTS_AT_ONCE, type ExportList, Refusal } from '@groundswell/contract';
import { type Actor, mustHave, mustStandSomewhere } from '../access/index.ts';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { csv, headOf } from './csv.ts';
import { addExport, countUnderWay, endExport, loadExport } from './export.store.ts';
import { type Export, expiryFrom, fileNameOf, noSuchExport, ownLine } from './export.ts';
import { type Form, formOf, type Listing, type Reading, sumOf } from './listing.ts';
import { asked } from './query.ts';

export interface Leaving {
  readonly fileName: string;
  readonly text: AsyncIterable<string | Uint8Array>;
}

/** A list of up to 5,000 rows, page after page as it is read. */
export async function exportNow(
  { db, clock }: Tools,
  actor: Actor,
  listing: Listing,
  query: Readonly<Record<string, unknown>>,
): Promise<Leaving> {
  mustStandSomewhere(actor);
  const form = mustBeAllowed(actor, listing, query);
  const at = clock.now();
  const reading = listing.read(query, actor, at);
  const counts = await db.as(actor, (reader) => reading.count(reader, EXPORT_ROWS_AT_ONCE + 1));
  if (sumOf(counts) > EXPORT_ROWS_AT_ONCE) throw tooLargeAtOnce();
  await db.change(actor, async (trx) => {
    for (const [compartment, rows] of countedFor(actor, counts)) {
      const payload = { list: listing.list, rows, covered: form.covered };
      const subject = { kind: 'export', id: randomUUID() } as const;
      await record(trx, actor, { name: 'export.made', at, compartment, subject, payload });
    }
  });
  return { fileName: fileNameOf(listing.list, at), text: textOf({ db }, actor, listing, reading, form) };
}

async function* textOf(
  { db }: Pick<Tools, 'db'>,
  actor: Actor,
  { columns }: Listing,
  reading: Reading,
  { bom }: Form,
): AsyncGenerator<string> {
  yield headOf(columns, bom);
  let left = EXPORT_ROWS_AT_ONCE;
  for (let after: unknown = null; left > 0; ) {
    const page = await db.as(actor, (reader) => reading.page(reader, after));
    yield csv(page.rows.slice(0, left)); // it may have grown since it was counted
    left -= page.rows.length;
    if (page.next === null) return;
    after = page.next;
  }
}

export function mustBeAllowed(actor: Actor, { endpoint }: Listing, query: Readonly<Record<string, unknown>>): Form {
  const form = formOf(query);
  if (endpoint.right !== 'signed_in') mustHave(actor, endpoint.right);
  if (form.covered) mustHave(actor, 'signal.export_covered');
  return form;
}

const tooLargeAtOnce = (): Refusal =>
  new Refusal(
    'export.too_large',
    'This list has more than 5,000 rows. Let it be written in the background, or narrow it down.',
    { atOnce: EXPORT_ROWS_AT_ONCE, background: true },
  );

/** An empty list was asked for as well: somewhere that has to stand. */
const countedFor = (actor: Actor, counts: ReadonlyMap<string, number>): [string, number][] =>
  counts.size > 0 ? [...counts] : [[actor.compartments[0]!, 0]];

export interface Wanted {
  readonly list: ExportList;
  readonly query: Readonly<Record<string, string | string[]>>;
}

/** Of any length: written by a job, as the asker and behind their wall. */
export async function startExport(
  { db, clock }: Tools,
  actor: Actor,
  listing: Listing,
  { list, query }: Wanted,
): Promise<Export> {
  mustStandSomewhere(actor);
  const meant = asked(listing, query, actor);
  const form = mustBeAllowed(actor, listing, meant);
  const at = clock.now();
  const counts = await db.as(actor, (reader) => listing.read(meant, actor, at).count(reader, EXPORT_ROWS_MAX + 1));
  const total = sumOf(counts);
  if (total > EXPORT_ROWS_MAX) {
    throw new Refusal(
      'export.too_large',
      'This list has more than a million rows. Narrow it down, by time for example.',
    );
  }
  const id = randomUUID();
  return db.change(actor, async (trx) => {
    await mustNotBeTooMany(trx, actor);
    const world = actor.world ?? null;
    const { compartments } = actor;
    const dates = { createdAt: at, expiresAt: expiryFrom(at) };
    await addExport(trx, { id, byPerson: actor.id, list, query, compartments, world, ...form, total, ...dates });
    for (const [compartment, rows] of countedFor(actor, counts)) {
      const payload = { exportId: id, list, rows, covered: form.covered };
      await record(trx, actor, { name: 'export.asked', at, compartment, subject: { kind: 'export', id }, payload });
    }
    await enqueue(trx, 'exports.write', { exportId: id });
    return loadExport(trx, id, at);
  });
}

async function mustNotBeTooMany(trx: Trx, actor: Actor): Promise<void> {
  if ((await countUnderWay(trx, actor.id)) < EXPORTS_AT_ONCE) return;
  throw new Refusal('export.too_many', 'Three of your exports are still being written. Wait for one, or remove one.');
}

/** The wall is asked again, and the rights: an export outlives neither. */
export async function downloadExport(
  { db, clock, files }: Tools,
  actor: Actor,
  listingOf: (list: ExportList) => Listing,
  id: string,
): Promise<Leaving> {
  const at = clock.now();
  const one = await db.as(actor, (reader) => loadExport(reader, id, at));
  mustBeAllowed(actor, listingOf(one.list), { covered: one.covered });
  if (one.state !== 'ready' || one.sha256 === null) {
    throw new Refusal('export.not_ready', 'This file is not written yet. Wait until it is ready.');
  }
  if (!files.has(one.sha256)) await files.adopt(one.draft!, one.sha256); // its writer died before it could
  if (!files.has(one.sha256)) throw noSuchExport();
  await db.change(actor, async (trx) => {
    const payload = { exportId: id, list: one.list, rows: one.rows, covered: one.covered };
    const subject = { kind: 'export', id } as const;
    await record(trx, actor, { name: 'export.downloaded', at, compartment: one.compartments[0]!, subject, payload });
  });
  return { fileName: fileNameOf(one.list, one.createdAt), text: withoutOwnLine(files.open(one.sha256), id) };
}

async function* withoutOwnLine(content: AsyncIterable<Uint8Array>, id: string): AsyncGenerator<Uint8Array> {
  let left = ownLine(id).byteLength;
  for await (const chunk of content) {
    if (left < chunk.byteLength) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.byteLength);
  }
}

export async function removeExport({ db, clock }: Tools, actor: Actor, id: string): Promise<boolean> {
  const at = clock.now();
  return db.change(actor, async (trx) => {
    await loadExport(trx, id, at);
    return endExport(trx, id, at);
  });
}
