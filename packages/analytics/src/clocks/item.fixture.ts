/** A house with its rules, and an item lived through with a scheduler that wakes when it said it would. */
import { at, HOUR, MINUTE, weekdays } from './calendar.fixture.ts';
import { type Calendar, type CalendarSpec, compileCalendar } from './calendar.ts';
import type { Reference } from './clock.ts';
import { happen, type Item, type ItemClock, NEW_ITEM, nextLook, type Written } from './item.ts';
import type { Happening, Metric } from './metrics.ts';
import { HOUSE, type Policy, type Rulebook, type Target } from './policy.ts';
import { type Reading, readClock } from './reading.ts';

const OFFICE: CalendarSpec = { zone: 'Europe/Berlin', hours: weekdays(9, 17) };
const ALWAYS: CalendarSpec = { zone: 'UTC', hours: 'always' };

/** Calendar → its versions, the first is version 1. */
export type Calendars = Readonly<Record<string, readonly CalendarSpec[]>>;

export function rulebookOf(
  policies: readonly Policy[],
  calendars: Calendars = {},
  teams: Readonly<Record<string, string>> = { '': 'always' },
): Rulebook {
  const specs: Calendars = { office: [OFFICE], always: [ALWAYS], ...calendars };
  const compiled = new Map<string, Calendar>();
  const calendarOf = ({ id, version }: Reference): Calendar => {
    const key = `${id}@${version}`;
    const known = compiled.get(key) ?? compileCalendar(specs[id][version - 1]);
    compiled.set(key, known);
    return known;
  };
  const newest = Object.fromEntries(Object.entries(specs).map(([id, versions]) => [id, versions.length]));
  return { policies, calendars: newest, teams, calendarOf };
}

export const target = (
  metric: Metric,
  minutes: number,
  calendar: string | null = 'always',
  priority = 'any',
): Target => ({
  metric,
  priority,
  amount: { ms: minutes * MINUTE },
  calendar,
});

export const policy = (targets: readonly Target[], over: Partial<Policy> = {}): Policy => ({
  id: 'standard',
  version: 1,
  track: HOUSE,
  when: [],
  targets,
  ...over,
});

type Kind = Happening['kind'];
type Rest<K extends Kind> = Omit<Extract<Happening, { kind: K }>, 'id' | 'at' | 'kind'>;

let made = 0;
/** `on('2026-11-23T10:00Z', 'message_in', {})` */
export function on<K extends Kind>(iso: string, kind: K, rest: Rest<K>): Happening {
  made += 1;
  return { id: `e${made}`, at: at(iso), kind, ...rest } as unknown as Happening;
}

/** A requester wrote to us. */
export const wrote = (iso: string, facts: Readonly<Record<string, string>> = {}): Happening =>
  on(iso, 'opened', { facts, requester: true, requesterWrote: true });
export const answered = (iso: string): Happening => on(iso, 'message_out', { automatic: false });
export const resolved = (iso: string): Happening => on(iso, 'set_to', { standing: { is: 'resolved' } });
export const waiting = (iso: string, who: 'requester' | 'partner' | 'other'): Happening =>
  on(iso, 'set_to', { standing: { is: 'waiting', for: who } });
export const working = (iso: string): Happening => on(iso, 'set_to', { standing: { is: 'active' } });

export interface Lived {
  readonly item: Item;
  readonly written: readonly Written[];
}

/** With a scheduler: between two happenings it looks whenever the item said that something would be due. */
export function live(happenings: readonly Happening[], rules: Rulebook | ((at: number) => Rulebook)): Lived {
  const rulesAt = typeof rules === 'function' ? rules : () => rules;
  let item = NEW_ITEM;
  const written: Written[] = [];
  const take = (happening: Happening) => {
    const done = happen(item, happening, rulesAt(happening.at));
    item = done.item;
    written.push(...done.written);
  };
  for (const happening of happenings) {
    for (let wake = next(); wake !== null && wake < happening.at; wake = next()) {
      take({ id: `look ${wake}`, at: wake, kind: 'looked_again' });
    }
    take(happening);
  }
  return { item, written };

  function next(): number | null {
    return item === NEW_ITEM ? null : nextLook(item, rulesAt(item.at).calendarOf);
  }
}

/** The last clock of a metric. */
export function clockOf({ item }: Lived, metric: Metric, track = HOUSE): ItemClock {
  const clock = item.clocks.findLast((one) => one.metric === metric && one.track === track);
  if (!clock) throw new Error(`no clock for ${metric} on ${track}`);
  return clock;
}

export const read = (lived: Lived, metric: Metric, iso: string, rules: Rulebook, track = HOUSE): Reading =>
  readClock(clockOf(lived, metric, track).state, at(iso), rules.calendarOf);

/** As said in Berlin in winter: `Mon 09:30`. */
export const winter = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms + HOUR).toUTCString().replace(/^(\w{3}), .* (\d\d:\d\d):.*$/, '$1 $2');

/** `warn .5 Mon 09:30` … in the order in which they were written. */
export const marksOf = (lived: Lived, metric: Metric): string[] =>
  clockOf(lived, metric).events.flatMap((event) => {
    if (event.kind === 'warn') return [`warn ${event.share * 100}% ${winter(event.at)}`];
    return event.kind === 'breach' ? [`breach ${winter(event.at)}`] : [];
  });
