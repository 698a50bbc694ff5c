/** The truth beside what was found, with values worked out by hand, and the two clocks. */
import type { Incident } from '@groundswell/simulator';
import { describe, expect, test } from 'vitest';
import { debriefOf, type FoundIssue, type Judged, judgeIssue, type Told, worldTime } from './debrief.ts';

const T0 = Date.parse('2026-03-01T09:00:00Z');
const HOUR = 3_600_000;
const at = (hours: number): Date => new Date(T0 + hours * HOUR);

const issue = (over: Partial<FoundIssue> = {}): FoundIssue => ({
  id: 'issue',
  topicId: 'topic',
  compartment: 'sample_1',
  number: 1,
  title: 'upload, stuck',
  alertAt: at(4),
  onsetAt: at(2),
  slice: { platform: 'ios' },
  historical: false,
  ...over,
});
const members = (...said: [id: string, hours: number][]) => said.map(([id, hours]) => ({ id, at: at(hours) }));

describe('an issue belongs to the incident', () => {
  const incidentOf = new Map([
    ['a', 'one'],
    ['b', 'one'],
    ['c', 'two'],
  ]);
  test('that at least half of what was said in its topic during the surge belongs to', () => {
    const all = members(['a', 2], ['b', 3], ['c', 3], ['x', 3]);
    expect(judgeIssue(issue(), all, incidentOf).incidentId).toBe('one'); // 2 of 4
    expect(judgeIssue(issue(), [...all, ...members(['y', 3])], incidentOf).incidentId).toBeNull(); // 2 of 5
  });
  test('whatever was said in the same topic long before', () => {
    const before = members(['w', -40], ['x', -20], ['y', -0.5]); // the surge begins at 2, and two hours before it count
    const judged = judgeIssue(issue(), [...before, ...members(['z', 0], ['a', 2], ['b', 3])], incidentOf);
    expect(judged.members.map(({ id }) => id)).toEqual(['z', 'a', 'b']);
    expect(judged.incidentId).toBe('one'); // 2 of 3
  });
  test('or to none, when nothing was said that was planted, or nothing at all', () => {
    expect(judgeIssue(issue(), members(['x', 3]), incidentOf).incidentId).toBeNull();
    expect(judgeIssue(issue(), [], incidentOf).incidentId).toBeNull();
  });
});

describe('the page of an incident', () => {
  const incident = {
    ...{
      id: 'one',
      kind: 'version_bug',
      story: 'bug.upload',
      what: 'Uploads stop.',
      onset: T0 + 0.5 * HOUR,
      fixedAt: null,
    },
    ...{ slice: { platform: 'ios' }, confidential: false, cohort: Array.from({ length: 40 }), letters: [] },
  } as unknown as Incident;
  const told: Told[] = [1, 2, 3, 4, 5].map((hour) => ({
    id: `t${hour}`,
    at: T0 + hour * HOUR,
    author: `p${hour % 4}`,
  }));
  const room = (looked: [string, Date][] = [], decided: [string, Date][] = []) => ({
    keyOf: ({ number }: FoundIssue) => `IS-SAMPLE_1-${number}`,
    deeds: { looked: new Map(looked), decided: new Map(decided) },
    dayFrom: at(0),
    causeOf: () => 'Release 7.3.0',
  });
  const judged = (over: Partial<FoundIssue>, ...said: [string, number][]): Judged => ({
    issue: issue(over),
    members: members(...said),
    incidentId: 'one',
  });

  test('says when it was found, after how many signals, and how well: worked out by hand', () => {
    const found = debriefOf(
      incident,
      told,
      [judged({ alertAt: at(3.5) }, ['t1', 1], ['t2', 2], ['x', 2], ['t3', 3])],
      room(),
    );
    expect(found).toMatchObject({ affected: 40, wrote: 4, signals: 5, historical: false, isIncident: true });
    expect(found).toMatchObject({ onsetAt: at(1).toISOString(), endAt: at(5).toISOString(), cause: 'Release 7.3.0' });
    expect(found.found).toEqual({
      issueKey: 'IS-SAMPLE_1-1',
      alertAt: at(3.5).toISOString(),
      afterSignals: 3, // at 1, 2 and 3
      delayMs: 2.5 * HOUR,
      precision: 3 / 4,
      recall: 3 / 5,
      slice: { platform: 'ios' },
      issueKeys: ['IS-SAMPLE_1-1'],
    });
  });

  test('joins the issues that it became, and counts a signal of both once', () => {
    const two = [
      judged({ id: 'a', alertAt: at(2.5) }, ['t1', 1], ['t2', 2]),
      judged({ id: 'b', number: 2, alertAt: at(4) }, ['t2', 2], ['t3', 3], ['t4', 4]),
    ];
    const { found, noticedAt, actedAt } = debriefOf(incident, told, two, room([['b', at(4.5)]], [['a', at(6)]]));
    expect(found).toMatchObject({ precision: 1, recall: 4 / 5, issueKeys: ['IS-SAMPLE_1-1', 'IS-SAMPLE_1-2'] });
    expect([noticedAt, actedAt]).toEqual([at(4.5).toISOString(), at(6).toISOString()]);
  });

  test('says that it was missed, and by nobody noticed; what others were found for is not its own', () => {
    const other = { ...judged({}, ['x', 2]), incidentId: 'two' };
    const missed = debriefOf(incident, told, [other], room([['issue', at(4)]]));
    expect(missed).toMatchObject({ found: null, noticedAt: null, actedAt: null });
  });

  test('an issue that was decided on without being looked at was noticed when it was decided on', () => {
    const { noticedAt, actedAt } = debriefOf(incident, told, [judged({}, ['t1', 1])], room([], [['issue', at(5)]]));
    expect([noticedAt, actedAt]).toEqual([at(5).toISOString(), at(5).toISOString()]);
  });

  test('has no delay below nothing, and no shares of nothing', () => {
    const early = debriefOf(incident, told, [judged({ alertAt: at(0.5) })], room()).found;
    expect(early).toMatchObject({ delayMs: 0, afterSignals: 0, precision: 0, recall: 0 });
    expect(debriefOf(incident, [], [judged({})], room()).found).toMatchObject({ precision: 0, recall: 0 });
  });
});

describe('a moment of the house on the clock of the world', () => {
  const pair = (house: number, world: number) => ({ at: new Date(house * 1_000), playedTo: at(world) });
  const end = at(24);
  const on = (times: ReturnType<typeof pair>[], second: number) => worldTime(times, new Date(second * 1_000), end);

  test('between two pairs it ran evenly, before the first it had not begun, after the last it stands where it stands', () => {
    const times = [pair(100, 0), pair(110, 1), pair(200, 1), pair(210, 11)];
    expect(on(times, 50)).toEqual(at(0));
    expect(on(times, 105)).toEqual(at(0.5));
    expect(on(times, 150)).toEqual(at(1)); // paused
    expect(on(times, 203)).toEqual(at(4));
    expect(on(times, 999)).toEqual(end);
    expect(on([], 5)).toEqual(end);
  });

  test.each(Array.from({ length: 200 }, (_, seed) => seed))(
    'stays within the day and never runs back, seed %i',
    (seed) => {
      let state = seed * 7_919 + 1;
      const chance = (): number => {
        state = (state * 48_271) % 2_147_483_647;
        return state / 2_147_483_647;
      };
      let house = 0;
      let world = 0;
      const times = Array.from({ length: 1 + Math.floor(chance() * 20) }, () => {
        house += 0.001 + chance() * 30;
        world = Math.min(24, world + (chance() < 0.3 ? 0 : chance() * 3));
        // Whoever writes a note may have read where the world stood a moment before somebody else moved it on.
        return pair(house, Math.max(0, world - (chance() < 0.2 ? 0.5 : 0)));
      });
      const moments = Array.from({ length: 60 }, () => chance() * (house + 10)).sort((a, b) => a - b);
      const seen = moments.map((second) => on(times, second).getTime());
      for (const [i, moment] of seen.entries()) {
        expect(moment).toBeGreaterThanOrEqual(at(0).getTime());
        expect(moment).toBeLessThanOrEqual(end.getTime());
        if (i > 0) expect(moment).toBeGreaterThanOrEqual(seen[i - 1]!);
      }
    },
  );
});
