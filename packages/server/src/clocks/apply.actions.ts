/** What edited rules make of the clocks that are open: seen before, and then done, item by item. */
import type { ClockedItem, ItemClock, Rulebook } from '@groundswell/analytics';
import { compileCalendar, readClock } from '@groundswell/analytics';
import { CLOCK_PREVIEW_MAX } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { SYSTEM } from '../access/index.ts';
import type { Tools } from '../platform/tools.ts';
import { type HeldItem, holdOpen, isOpen, openItems } from './clock.store.ts';
import { keepLived, liveThrough, loadItems } from './happen.actions.ts';
import type { NewCalendar, NewPolicy } from './rule.actions.ts';
import { mustCount, mustKnowCalendars } from './rule.ts';
import { type HouseRules, policyOf } from './rulebook.store.ts';

const AT_ONCE = 100;

/** Behind one wall; each batch in a transaction of its own. Done twice it changes nothing more. */
export async function applyRules(
  { db, clock }: Tools,
  compartment: string,
  { eventId, running }: { eventId: string; running: boolean },
): Promise<void> {
  for (let after: string | null = null; ; ) {
    const from: string | null = after;
    const last = await db.change(SYSTEM.reactions(compartment), async (trx) => {
      const at = clock.now();
      const held = await holdOpen(trx, from, AT_ONCE);
      const { itemOf, rulebook } = await loadItems(trx, held);
      const happening = { id: eventId, at: at.getTime(), kind: 'rules_changed', running } as const;
      const lived = held.flatMap((one) => livedOr(one, itemOf, (item) => liveThrough(item, [{ happening }], rulebook)));
      if (lived.length > 0) await keepLived(trx, at, lived, rulebook);
      return held.length < AT_ONCE ? null : held.at(-1)!.id;
    });
    if (last === null) return;
    after = last;
  }
}

/** What is broken is said by whoever looks at it each hour, and holds up none of the others here. */
function livedOr(
  held: HeldItem,
  itemOf: (held: HeldItem) => ClockedItem,
  live: (item: ClockedItem) => ClockedItem,
): { held: HeldItem; before: ClockedItem; after: ClockedItem }[] {
  try {
    const before = itemOf(held);
    return [{ held, before, after: live(before) }];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

export type RuleChange = { readonly policy: NewPolicy & Named } | { readonly calendar: NewCalendar & Named };
interface Named {
  readonly id: string;
}

export interface Preview {
  readonly items: number;
  readonly more: boolean;
  readonly changed: number;
  readonly each: readonly ChangedPromise[];
}
interface ChangedPromise {
  readonly itemId: string;
  readonly metric: ItemClock['metric'];
  readonly track: string;
  readonly from: Promised;
  readonly to: Promised;
}
interface Promised {
  readonly targetMs: number | null;
  readonly dueAt: string | null;
}

const SHOWN = 50;

/** By the same steps as the change itself; nothing is kept. */
export async function previewRules(
  { db, clock }: Tools,
  actor: Actor,
  { change, running }: { change: RuleChange; running: boolean },
): Promise<Preview> {
  if ('calendar' in change) mustCount(change.calendar.spec);
  const at = clock.now().getTime();
  const found: ChangedPromise[] = [];
  let [looked, after]: [number, string | null] = [0, null];
  for (;;) {
    const from: string | null = after;
    const batch = await db.as(actor, async (reader) => {
      const items = await openItems(reader, from, AT_ONCE);
      const { itemOf, rulebook } = await loadItems(reader, items);
      const rules = withChange(rulebook, change);
      const happening = { id: 'preview', at, kind: 'rules_changed', running } as const;
      for (const one of items) {
        const lived = livedOr(one, itemOf, (item) => liveThrough(item, [{ happening }], rules));
        for (const { before, after: then } of lived) found.push(...differences(one.id, before, then, rules));
      }
      return items;
    });
    looked += batch.length;
    after = batch.length < AT_ONCE ? null : batch.at(-1)!.id;
    if (after === null || looked >= CLOCK_PREVIEW_MAX) break;
  }
  return { items: looked, more: after !== null, changed: found.length, each: found.slice(0, SHOWN) };
}

/** The rules as they would be. A version that nothing has yet, so that it is another than any that was pinned. */
const DRAFT = 2_000_000_000;

function withChange(rules: HouseRules, change: RuleChange): Rulebook {
  if ('policy' in change) {
    const { id, place, removed, name: _, ...spec } = change.policy;
    mustKnowCalendars(spec.targets, new Set(Object.keys(rules.calendars)));
    const others = rules.policies.filter((one) => one.id !== id);
    if (removed) return { ...rules, policies: others };
    const draft = policyOf({ id, version: DRAFT, spec });
    const i = others.findIndex((one) => (rules.places[one.id] ?? Infinity) > place);
    return { ...rules, policies: i < 0 ? [...others, draft] : others.toSpliced(i, 0, draft) };
  }
  const { id, spec, teams, forAll } = change.calendar;
  const calendar = compileCalendar(spec);
  const kept = Object.entries(rules.teams).filter(([team, whose]) => whose !== id && !teams.includes(team));
  const own = [...teams, ...(forAll || rules.teams[''] === id ? [''] : [])].map((team) => [team, id]);
  return {
    ...rules,
    calendars: { ...rules.calendars, [id]: DRAFT },
    teams: Object.fromEntries([...kept, ...own]),
    calendarOf: (asked) => (asked.id === id && asked.version === DRAFT ? calendar : rules.calendarOf(asked)),
  };
}

function differences(
  itemId: string,
  before: ClockedItem,
  after: ClockedItem,
  { calendarOf }: Rulebook,
): ChangedPromise[] {
  return after.clocks.flatMap((clock, i) => {
    if (!isOpen(clock.state.phase)) return [];
    const [from, to] = [promised(before.clocks[i], before.at, calendarOf), promised(clock, after.at, calendarOf)];
    const isSame = from.targetMs === to.targetMs && from.dueAt === to.dueAt;
    return isSame ? [] : [{ itemId, metric: clock.metric, track: clock.track, from, to }];
  });
}

function promised(clock: ItemClock | undefined, at: number, calendarOf: Rulebook['calendarOf']): Promised {
  if (!clock) return { targetMs: null, dueAt: null };
  const { targetMs, dueAt } = readClock(clock.state, at, calendarOf);
  return { targetMs, dueAt: dueAt === null ? null : new Date(dueAt).toISOString() };
}
