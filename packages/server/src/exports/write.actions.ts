/** Writing an export in the background, as whoever asked for it: with what they may do and see by now. */
import { randomUUID } from 'node:crypto';
import { type ExportList, Refusal } from '@groundswell/contract';
import { type Actor, SYSTEM } from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { csv, headOf } from './csv.ts';
import { mustBeAllowed } from './export.actions.ts';
import {
  askerOf,
  forgetExport,
  listOver,
  type StandingOfAsker,
  saveFailed,
  saveStep,
  saveWritten,
  takeOver,
} from './export.store.ts';
import { type Export, expiryFrom, ownLine } from './export.ts';
import type { Listing } from './listing.ts';
import { asked } from './query.ts';

/** More than a million of the longest rows. */
const BYTES_MAX = 64 * 1024 ** 3;

/** Somebody else writes it now, or it was removed. */
class Superseded extends Error {}

/** From the beginning, however often: a writer that died has left nothing but a draft that is swept. */
export async function writeExport(
  tools: Tools,
  listingOf: (list: ExportList) => Listing,
  exportId: string,
): Promise<void> {
  const { db, clock } = tools;
  const standing = await db.as(SYSTEM.access, (reader) => askerOf(reader, exportId));
  if (!standing) return; // removed meanwhile
  const asker = actorOf(standing);
  const runner = randomUUID();
  const one = await db.change(asker, (trx) => takeOver(trx, exportId, runner, clock.now()));
  if (!one) return; // written or removed
  try {
    mustStillBe(standing);
    await write(tools, asker, listingOf(one.list), { one, runner });
  } catch (error) {
    if (error instanceof Superseded) return;
    if (!(error instanceof Refusal) || error.code === 'house.database_away') throw error; // the queue tries it again
    const at = clock.now();
    await db.change(asker, async (trx) => {
      await saveFailed(trx, exportId, error.message, at);
      const payload = { exportId, list: one.list };
      await record(trx, asker, { name: 'export.failed', at, ...aboutOf(one), payload });
    });
  }
}

function actorOf({ person, world, asked: compartments, can }: StandingOfAsker): Actor {
  const inWorld = world === null ? {} : { world, openPart: compartments[0]! };
  // what goes beyond looking is not done from inside a world, whatever the role
  const may = new Set(world === null ? can : can.filter((one) => one !== 'signal.export_covered'));
  return { id: person, name: person, kind: 'person', compartments, can: may, ...inWorld };
}

function mustStillBe({ active, asked: wanted, compartments }: StandingOfAsker): void {
  if (active && wanted.every((one) => compartments.includes(one))) return;
  throw new Refusal('access.not_allowed', 'You may not see everything of this list any more. Ask for it again.');
}

async function write(
  { db, clock, files }: Tools,
  asker: Actor,
  listing: Listing,
  { one, runner }: { one: Export; runner: string },
): Promise<void> {
  const query = asked(listing, one.query, asker);
  mustBeAllowed(asker, listing, query);
  const reading = listing.read(query, asker, clock.now());
  let rows = 0;
  async function* content(): AsyncGenerator<Buffer> {
    yield Buffer.concat([ownLine(one.id), Buffer.from(headOf(listing.columns, one.bom))]);
    for (let after: unknown = null; ; ) {
      const page = await db.as(asker, (reader) => reading.page(reader, after));
      rows += page.rows.length;
      if (!(await db.change(asker, (trx) => saveStep(trx, one.id, runner, rows)))) throw new Superseded();
      yield Buffer.from(csv(page.rows));
      if (page.next === null) return;
      after = page.next;
    }
  }
  const draftName = `${runner}.export`;
  const draft = await files.draft(content(), { maxBytes: BYTES_MAX, draftName });
  const at = clock.now();
  const { sha256, bytes } = draft;
  const written = { rows, bytes, sha256, draft: draftName, finishedAt: at, expiresAt: expiryFrom(at) };
  const mine = await db.change(asker, async (trx) => {
    if (!(await saveWritten(trx, one.id, runner, written))) return false;
    const payload = { exportId: one.id, list: one.list, rows, covered: one.covered };
    await record(trx, asker, { name: 'export.written', at, ...aboutOf(one), payload });
    return true;
  });
  if (mine) await draft.keep();
  else await draft.drop();
}

const aboutOf = ({ id, compartments }: Export) =>
  ({ compartment: compartments[0]!, subject: { kind: 'export', id } }) as const;

/** First the files, then what names them: whoever dies in between leaves something that still names what is to be done. */
export async function letExportsGo({ db, clock, files }: Tools): Promise<void> {
  const at = clock.now();
  for (const { id, sha256, draft } of await db.as(SYSTEM.access, (reader) => listOver(reader, at))) {
    if (draft !== null) await files.dropDraft(draft);
    if (sha256 !== null) await files.remove(sha256);
    await db.change(SYSTEM.access, (trx) => forgetExport(trx, id, at));
  }
}
