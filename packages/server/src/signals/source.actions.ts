/** What can be done with sources. */
import { type createSource as endpoint, Refusal } from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { insertSource, type Source } from './source.store.ts';

export async function createSource(
  { db, clock }: Tools,
  actor: Actor,
  { name, kind, compartment }: z.output<typeof endpoint.body>,
): Promise<Source> {
  mustHave(actor, 'import.run');
  if (!actor.compartments.includes(compartment)) {
    throw new Refusal('access.not_allowed', 'You are not in this compartment. Choose one that you are in.');
  }
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const source = await insertSource(trx, { name, kind, compartment, createdAt: at });
    if (!source)
      throw new Refusal('source.name_taken', 'There is a source of this name. Use it, or choose another name.');
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
