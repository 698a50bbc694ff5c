/** What people say of dimension values: these mean the same, they do not after all, tell more of them apart. */
import { type setCap as capEndpoint, type mergeValues as mergeEndpoint, Refusal } from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import {
  changeCap,
  type Dimension,
  endChains,
  holdDimension,
  insertMerges,
  type KeptMerge,
  liveMerges,
  loadMerge,
  noSuchDimension,
  recountValues,
  undoMerges,
} from './dictionary.merge.store.ts';
import { endsOf, planMerge } from './dictionary.ts';
import { dimensionValue } from './dimensions.ts';

/** All merges of this dimension that hold now. Merging again what is merged changes nothing. */
export async function mergeValues(
  { db, clock }: Tools,
  actor: Actor,
  name: string,
  { compartment, from, to }: z.output<typeof mergeEndpoint.body>,
): Promise<KeptMerge[]> {
  mustHave(actor, 'source.manage');
  if (!actor.compartments.includes(compartment)) {
    throw new Refusal('access.not_allowed', 'You are not in this compartment. Choose one that you are in.');
  }
  const deed = { at: clock.now(), by: actor.id };
  const dimension = { compartment, name };
  const [into, ...values] = [to, ...from].map((value) => asKept(name, value));

  return db.change(actor, async (trx) => {
    await holdDimension(trx, dimension);
    const plan = planMerge(await liveMerges(trx, dimension), values, into!);
    const undone = plan.undo.map(({ id }) => id);
    await undoMerges(trx, undone, deed);
    const made = await insertMerges(trx, dimension, { ...deed, from: plan.add, to: into! });
    const live = await settleAgain(trx, dimension);
    for (const id of undone) await recordMerge(trx, actor, 'dimension.unmerged', { compartment, id, at: deed.at });
    for (const id of made) await recordMerge(trx, actor, 'dimension.merged', { compartment, id, at: deed.at });
    return live;
  });
}

/** Written as intake writes it, so that it is found: "Germany" is DE where a country is expected. */
function asKept(name: string, said: string): string {
  const value = dimensionValue(name, said);
  if (value !== '') return value;
  throw new Refusal('request.invalid', 'A value to merge holds nothing that can be seen. Give it letters or digits.');
}

/** The merges that are left. Rows that came while it held were kept under the merged value, and stay so. */
export async function unmergeValue(
  { db, clock }: Tools,
  actor: Actor,
  { name, id }: { name: string; id: string },
): Promise<KeptMerge[]> {
  mustHave(actor, 'source.manage');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const { compartment } = await loadMerge(trx, name, id);
    await holdDimension(trx, { compartment, name });
    await loadMerge(trx, name, id); // somebody may have taken it back while we waited
    await undoMerges(trx, [id], { at, by: actor.id });
    const live = await settleAgain(trx, { compartment, name });
    await recordMerge(trx, actor, 'dimension.unmerged', { compartment, id, at });
    return live;
  });
}

async function settleAgain(trx: Trx, dimension: Dimension): Promise<KeptMerge[]> {
  await endChains(trx, dimension, endsOf(await liveMerges(trx, dimension)));
  await recountValues(trx, dimension);
  return liveMerges(trx, dimension);
}

async function recordMerge(
  trx: Trx,
  actor: Actor,
  name: 'dimension.merged' | 'dimension.unmerged',
  { compartment, id, at }: { compartment: string; id: string; at: Date },
): Promise<void> {
  await record(trx, actor, { name, at, compartment, subject: { kind: 'dimension', id }, payload: { mergeId: id } });
}

/** Holds for rows that come from now on; what was kept as "other" stays so. Returns where it holds. */
export async function setCap(
  { db, clock }: Tools,
  actor: Actor,
  name: string,
  asked: z.output<typeof capEndpoint.body>,
): Promise<string> {
  mustHave(actor, 'source.manage');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const changed = await changeCap(trx, name, asked);
    if (!changed) throw noSuchDimension();
    const { id, compartment } = changed;
    const subject = { kind: 'dimension', id } as const;
    await record(trx, actor, { name: 'dimension.capped', at, compartment, subject, payload: asked });
    return compartment;
  });
}
