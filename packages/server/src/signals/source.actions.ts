/** What can be done with sources. */
import { type changeSource as changeEndpoint, type createSource as endpoint, Refusal } from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, mustBeOwnSource, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { holdSource, insertSource, NAME_TAKEN, type Source, updateSource } from './source.store.ts';
import { forgetSource } from './source-seen.ts';

export async function createSource(
  { db, clock }: Tools,
  actor: Actor,
  { name, kind, compartment, regions }: z.output<typeof endpoint.body>,
): Promise<Source> {
  mustHave(actor, 'import.run');
  if (!actor.compartments.includes(compartment)) {
    throw new Refusal('access.not_allowed', 'You are not in this compartment. Choose one that you are in.');
  }
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const source = await insertSource(trx, { name, kind, compartment, regions: distinct(regions), createdAt: at });
    if (!source) throw nameTaken();
    const payload = { sourceId: source.id, kind };
    await record(trx, actor, {
      name: 'source.created',
      at,
      compartment,
      subject: { kind: 'source', id: source.id },
      payload,
    });
    return source;
  });
}

/** What was taken in before stays as it is: what was redacted cannot be had again, what was not has been seen. */
export async function changeSource(
  tools: Tools,
  actor: Actor,
  id: string,
  { name, regions, seen }: z.output<typeof changeEndpoint.body>,
): Promise<Source> {
  mustHave(actor, 'import.run');
  mustBeOwnSource(actor, id);
  const at = tools.clock.now();

  const changed = tools.db.change(actor, async (trx) => {
    const before = await holdSource(trx, id);
    if (seen) mustBeAsSeen(before, seen);
    const { compartment } = before;
    const after = (await updateSource(trx, id, { name, regions: distinct(regions) }))!;
    const subject = { kind: 'source', id } as const;
    await record(trx, actor, { name: 'source.changed', at, compartment, subject, payload: { sourceId: id } });
    return after;
  });
  const after = await changed.catch((error: { code?: string }) => {
    throw error.code === NAME_TAKEN ? nameTaken() : error;
  });
  forgetSource(tools, id);
  return after;
}

function mustBeAsSeen(now: Pick<Source, 'name' | 'regions'>, seen: Pick<Source, 'name' | 'regions'>): void {
  if (now.name === seen.name && distinct(now.regions).join() === distinct(seen.regions).join()) return;
  throw new Refusal(
    'source.changed_meanwhile',
    'Somebody else changed this source meanwhile. Nothing was saved: look at what they changed, then choose.',
  );
}

const nameTaken = () =>
  new Refusal('source.name_taken', 'There is a source of this name. Use it, or choose another name.');

const distinct = (regions: readonly string[]): string[] => [...new Set(regions)].sort();
