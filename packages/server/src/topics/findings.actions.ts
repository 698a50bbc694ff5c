/** Keeps what the engine said, and records what is news in it. */

import { record } from '../events.ts';
import type { Asker, Trx } from '../platform/db.ts';
import { type Finder, saveAlert, saveMembers, saveTopics, toldOf } from './findings.store.ts';
import { type Findings, type FoundAlert, isNews, type Told } from './findings.ts';
import { holdTopics } from './regroup.store.ts';

export async function keepFindings(
  trx: Trx,
  engine: Asker,
  finder: Finder,
  findings: Findings,
  at: Date,
): Promise<void> {
  await holdTopics(trx, finder.compartment, 'shared');
  await saveTopics(trx, finder, [...findings.topics.values()], at);
  if (findings.members.size > 0) await saveMembers(trx, finder.compartment, findings.members, at);
  const byAlert = Map.groupBy(findings.alerts, ({ id }) => id);
  const told = await toldOf(trx, [...byAlert.keys()]);
  for (const [id, words] of byAlert) await keepAlert(trx, engine, finder, words, told.get(id) ?? null, at);
}

/**
 * The words on one alert in order, as if each had come alone: where one stretch ends and the next begins depends on speed
 * and crashes, and must not change what is announced.
 */
async function keepAlert(
  trx: Trx,
  engine: Asker,
  finder: Finder,
  words: readonly FoundAlert[],
  before: Told | null,
  at: Date,
): Promise<void> {
  const { compartment, historical } = finder;
  const [first] = words;
  const last = words.at(-1)!;
  const payload = { alertId: last.id, topicId: last.topicId };
  const about = { at, compartment, subject: { kind: 'alert', id: last.id } } as const;
  let told = before;
  let growths = 0;
  for (const word of words) {
    if (told && !isNews(told, word)) continue;
    if (told) growths++;
    told = { observed: word.observed, at: word.at };
  }
  await saveAlert(trx, finder, last, first!.at, told!);
  if (!before) await record(trx, engine, { name: 'alert.raised', ...about, payload: { ...payload, historical } });
  for (let i = 0; i < growths; i++) await record(trx, engine, { name: 'alert.grew', ...about, payload });
}
