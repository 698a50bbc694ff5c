/** What was planted and what was found, up to where the day was played. */
import { setImmediate as breathe } from 'node:timers/promises';
import { Refusal, type readDebrief } from '@groundswell/contract';
import { causeIdOf, changesOf, HOUR_MS, type World as Simulated } from '@groundswell/simulator';
import type { z } from 'zod';
import { type Actor, namesOf, SYSTEM } from '../access/index.ts';
import { keyOf } from '../issues/index.ts';
import type { Tools } from '../platform/tools.ts';
import { foundIssues, signalsPerHour, topicMembers, whatPeopleDid } from './debrief.store.ts';
import { type Deeds, debriefOf, judgeIssue, type Told, worldTime } from './debrief.ts';
import { signalsOfHour, simulatedOf } from './simulated.ts';
import { listNotes, loadWorld, readTimes } from './world.store.ts';
import { isTruthOpen, openPart, partsOf, viewWorld, type World } from './world.ts';
import { readSoFar } from './world-past.store.ts';

type Debrief = z.infer<typeof readDebrief.reply>;

/** What is confidential in the world is told only to whoever opened it, like everywhere else. */
export async function debrief({ db }: Tools, actor: Actor, number: number): Promise<Debrief> {
  const world = await db.as(actor, (reader) => loadWorld(reader, number));
  if (!isTruthOpen(world)) {
    throw new Refusal(
      'world.truth_hidden',
      'What was planted is shown when the drill is closed. Close it when your shift is over.',
    );
  }
  const mine = world.createdBy === actor.id;
  const simulated = await simulatedOf(world);
  const told = await toldSoFar(simulated, world);
  const incidentOf = new Map(
    [...told].flatMap(([incident, letters]) => letters.map(({ id }) => [id, incident] as const)),
  );
  const causes = new Map(changesOf(simulated).map(({ id, title }) => [id, title]));

  return db.as(SYSTEM.worlds(mine ? partsOf(world) : [openPart(number)]), async (reader) => {
    const issues = await foundIssues(reader);
    const members = await topicMembers(
      reader,
      issues.map(({ topicId }) => topicId),
    );
    const judged = issues.map((issue) => judgeIssue(issue, members.get(issue.topicId) ?? [], incidentOf));
    const times = await readTimes(reader, world.id);
    const deeds = deedsOf(await whatPeopleDid(reader), (at) => worldTime(times, at, world.playedTo));
    const notes = await listNotes(reader, world.id);
    const names = await namesOf(
      reader,
      notes.map(({ by }) => by),
    );
    const causeOf = (one: Simulated['incidents'][number]) => causes.get(causeIdOf(simulated, one) ?? '') ?? null;
    return {
      world: viewWorld(world, actor, await readSoFar(reader, world)),
      incidents: simulated.incidents
        .filter(({ onset, confidential }) => onset < world.playedTo.getTime() && (mine || !confidential))
        .map((one) =>
          debriefOf(one, told.get(one.id) ?? [], judged, { keyOf, deeds, dayFrom: world.dayFrom, causeOf }),
        ),
      others: judged
        .filter(({ incidentId }) => incidentId === null)
        .map(({ issue, members: own }) => ({
          issueKey: keyOf(issue),
          title: issue.title,
          alertAt: issue.alertAt.toISOString(),
          signals: own.length,
          historical: issue.historical,
        })),
      notes: notes.map(({ at, text, by }) => ({
        at: worldTime(times, at, world.playedTo).toISOString(),
        said: text,
        by: names.get(by) ?? by,
      })),
      hours: (await signalsPerHour(reader, world.dayFrom, world.dayTo)).map(({ at, count }) => ({
        at: at.toISOString(),
        count,
      })),
    };
  });
}

/** The signals of each incident that have been said by now; a world is made again hour by hour, and others get their turn. */
async function toldSoFar(simulated: Simulated, { playedTo }: World): Promise<Map<string, Told[]>> {
  const told = new Map<string, Told[]>(simulated.incidents.map(({ id }) => [id, []]));
  const hours = simulated.incidents.flatMap(({ letters }) =>
    letters.map(({ at }) => Math.floor((at - simulated.start) / HOUR_MS)),
  );
  for (const hour of [...new Set(hours)].sort((a, b) => a - b)) {
    await breathe();
    for (const signal of signalsOfHour(simulated, hour)) {
      const { incident } = signal.truth;
      if (incident !== null && signal.at < playedTo.getTime()) told.get(incident)!.push(signal);
    }
  }
  return told;
}

function deedsOf(did: readonly { issueId: string; name: string; at: Date }[], onClock: (at: Date) => Date): Deeds {
  const first = (names: readonly string[]): Map<string, Date> => {
    const map = new Map<string, Date>();
    for (const { issueId, name, at } of did) {
      if (names.includes(name) && !map.has(issueId)) map.set(issueId, onClock(at));
    }
    return map;
  };
  return { looked: first(['issue.looked_at']), decided: first(['issue.moved']) };
}
