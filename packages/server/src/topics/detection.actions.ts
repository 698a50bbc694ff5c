/** The one setting of detection: how many false alerts a week are bearable, per compartment. */
import { type DetectionSettings, Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import type { Db } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { readSoFar } from './run.store.ts';
import { appendEntries, countUngiven, loadStream, lockStream, saveBudget } from './stream.store.ts';

/** Alerts of these compartments that people dismissed as false lately: only a higher slice knows. */
export type CountDismissed = (
  db: Db,
  compartments: readonly string[],
  since: Date,
) => Promise<ReadonlyMap<string, number>>;

const EIGHT_WEEKS_MS = 56 * 86_400_000;

export async function readDetection(
  { db, clock }: Tools,
  actor: Actor,
  countDismissed: CountDismissed,
): Promise<DetectionSettings[]> {
  const { compartments } = actor;
  const since = new Date(clock.now().getTime() - EIGHT_WEEKS_MS);
  return db.as(actor, async (reader) => {
    const dismissed = await countDismissed(reader, compartments, since);
    const streams: DetectionSettings[] = [];
    for (const compartment of [...compartments].sort()) {
      const stream = (await loadStream(reader, compartment)) ?? newStream(compartment);
      const { live, history, historyLeft } = await readSoFar(reader, compartment);
      streams.push({
        compartment,
        falseAlertsPerWeek: Number(stream.falseAlertsPerWeek.toPrecision(6)), // kept as float4
        dismissedAsFalse: dismissed.get(compartment) ?? 0,
        read: live + history,
        waiting: stream.items - live + historyLeft + (await countUngiven(reader, stream)),
        can: actor.can.has('engine.configure') ? ['change'] : [],
      });
    }
    return streams;
  });
}

/** Before its first signal a compartment has no stream; this is what it will be. */
const newStream = (compartment: string) => ({
  compartment,
  nextPosition: 1,
  items: 0,
  falseAlertsPerWeek: 1,
  cursor: null,
});

export async function changeDetection(
  { db, clock }: Tools,
  actor: Actor,
  compartment: string,
  falseAlertsPerWeek: number,
): Promise<void> {
  mustHave(actor, 'engine.configure');
  const at = clock.now();
  // The same answer for a closed compartment and for none.
  if (!actor.compartments.includes(compartment)) {
    throw new Refusal('request.not_found', 'There is no such compartment. Nothing was changed.');
  }
  await db.change(actor, async (trx) => {
    const stream = await lockStream(trx, compartment);
    await saveBudget(trx, compartment, falseAlertsPerWeek);
    await appendEntries(trx, stream, at, [{ body: { kind: 'settings', falseAlertsPerWeek }, items: 0 }]);
    const subject = { kind: 'stream', id: compartment } as const;
    await record(trx, actor, { name: 'detection.changed', at, compartment, subject, payload: { falseAlertsPerWeek } });
  });
}
