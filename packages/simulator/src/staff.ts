/** Who answers: queues by area, three sites round the clock, people with shifts and days of rest. */
import { COUNTRIES } from './places.ts';
import { HOUR_MS } from './plan.ts';

export const QUEUES = [
  'Accounts',
  'Payments',
  'Creator tools',
  'Safety first line',
  'Safety specialists',
  'Shop and ads',
  'App',
] as const;
export type Queue = (typeof QUEUES)[number];

interface Desk {
  /** First letters of its macros, and its name in those of its people. */
  readonly mark: string;
  /** Of all cases. */
  readonly share: number;
  /** Hours until somebody takes a case of usual priority. */
  readonly waits: number;
}
export const DESKS: Readonly<Record<Queue, Desk>> = {
  Accounts: { mark: 'ACC', share: 0.13, waits: 3 },
  Payments: { mark: 'PAY', share: 0.11, waits: 4 },
  'Creator tools': { mark: 'CRT', share: 0.14, waits: 4.5 },
  'Safety first line': { mark: 'SAF', share: 0.38, waits: 1.2 },
  'Safety specialists': { mark: 'SPC', share: 0.15, waits: 1.6 },
  'Shop and ads': { mark: 'SHP', share: 0.1, waits: 5 },
  App: { mark: 'APP', share: 0.14, waits: 6 },
};

/** Nine hours each, so that one hands over to the next; together the whole day. `from` in UTC. */
const SITES = [
  { mark: 'mnl', from: 23 },
  { mark: 'dub', from: 7 },
  { mark: 'bog', from: 15 },
] as const;
const SHIFT_HOURS = 9;
const CASES_PER_PERSON = 22;
const CASES_PER_SIGNAL = 0.45;
const WEEK_HOURS = 168;

export interface Staff {
  /** Who of a queue is at work at a moment; never empty. */
  onDuty(queue: Queue, at: number): readonly string[];
  /** How much there is to do for each one at work, against the mean of the week. */
  loadAt(queue: Queue, at: number): number;
}

/**
 * The people of a world's support: as many as its signals need.
 * @example
 * staffFor(5_000).onDuty('Payments', Date.UTC(2026, 0, 5, 9)); // ['dub-pay-01', …]
 */
export function staffFor(signalsPerDay: number): Staff {
  const rosters = new Map(QUEUES.map((queue) => [queue, rosterOf(queue, signalsPerDay)]));
  const loads = new Map(QUEUES.map((queue) => [queue, loadsOf(rosters.get(queue)!)]));
  return {
    onDuty: (queue, at) => rosters.get(queue)![hourOfWeek(at)]!,
    loadAt: (queue, at) => loads.get(queue)![hourOfWeek(at)]!,
  };
}

/** Hour 0 is Thursday midnight UTC, as in 1970. */
const hourOfWeek = (at: number): number => Math.floor(at / HOUR_MS) % WEEK_HOURS;

function rosterOf(queue: Queue, signalsPerDay: number): string[][] {
  const { share, mark } = DESKS[queue];
  const people = (signalsPerDay * CASES_PER_SIGNAL * share * 7) / 5 / CASES_PER_PERSON;
  const perSite = Math.max(3, Math.ceil(people / SITES.length));
  const hours: string[][] = Array.from({ length: WEEK_HOURS }, () => []);
  for (const site of SITES) {
    for (let i = 0; i < perSite; i++) {
      const id = `${site.mark}-${mark.toLowerCase()}-${String(i + 1).padStart(2, '0')}`;
      for (let day = 0; day < 7; day++) {
        if (!worksOn(i, (day + 4) % 7)) continue;
        for (let hour = 0; hour < SHIFT_HOURS; hour++) hours[(day * 24 + site.from + hour) % WEEK_HOURS]!.push(id);
      }
    }
  }
  return hours;
}

/** Every second one has Saturday and Sunday free, the others two days in a row of the week. 0 is Sunday. */
function worksOn(i: number, day: number): boolean {
  const first = i % 2 === 0 ? 6 : 1 + (((i - 1) / 2) % 4);
  return day !== first && day !== (first + 1) % 7;
}

/** People write in the evening of their day; how many are at work does not follow that. */
function loadsOf(roster: readonly (readonly string[])[]): number[] {
  const evening = Array.from({ length: 24 }, (_, hour) =>
    COUNTRIES.reduce((sum, { share, utcHours }) => {
      const local = (hour + utcHours + 24) % 24;
      return sum + share * (1 + 0.5 * Math.sin(((local - 12) / 24) * 2 * Math.PI));
    }, 0),
  );
  const each = roster.map((people, hour) => evening[hour % 24]! / people.length);
  const mean = each.reduce((sum, one) => sum + one, 0) / each.length;
  return each.map((one) => one / mean);
}
