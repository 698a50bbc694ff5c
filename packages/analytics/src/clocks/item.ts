/**
 * All clocks of one item: happenings in, clock events out. What is kept is the clock events; folding them again gives
 * the same clocks as living through the happenings did.
 */
import {
  type Cause,
  type ClockEvent,
  type ClockState,
  isSameMark,
  look,
  type Mark,
  NOT_BEGUN,
  nextMoment,
  replay,
  stepClock,
} from './clock.ts';
import { type Happening, METRICS, METRICS_IN_ORDER, type Metric, occurrencesOf, type Standing } from './metrics.ts';
import { choosePin, type Facts, HOUSE, isOtherPromise, isSamePin, type Rulebook, tracksOf } from './policy.ts';

export interface ItemClock {
  /** `first_answer/house/1`, `partner_answer/house/ask-7`: never used twice in one item. */
  readonly key: string;
  readonly metric: Metric;
  readonly track: string;
  readonly ask: string | null;
  /** What the promise for an ask depends on beside the item. */
  readonly askFacts: Facts;
  readonly events: readonly ClockEvent[];
  readonly state: ClockState;
  /** When a policy begins that may promise something to a clock without a promise. */
  readonly reviewAt: number | null;
}

export interface Item {
  readonly facts: Facts;
  readonly standing: Standing;
  /** Somebody outside has been answered by a person before. */
  readonly answered: boolean;
  /** Ended ones too, in the order in which they began. */
  readonly clocks: readonly ItemClock[];
  /** When a law may begin to apply to it by its date alone. */
  readonly reviewAt: number | null;
  readonly at: number;
}

export const NEW_ITEM: Item = {
  facts: {},
  standing: { is: 'active' },
  answered: false,
  clocks: [],
  reviewAt: null,
  at: 0,
};

export interface Written {
  readonly key: string;
  readonly event: ClockEvent;
}

export interface Happened {
  readonly item: Item;
  /** To be kept, in this order; marks that time alone brought are among them. */
  readonly written: readonly Written[];
}

/**
 * One happening: what it does to every clock. The passing of time is one too (`looked_again`).
 *
 * A happening that is known later than others that came after it counts from when it is known: nothing that was said
 * meanwhile is taken back.
 *
 * @example
 * const { item, written } = happen(NEW_ITEM, { kind: 'opened', id, at, facts, requester: true, requesterWrote: true }, rules);
 */
export function happen(before: Item, happening: Happening, rulebook: Rulebook): Happened {
  const at = Math.max(happening.at, before.at);
  const now: Now = { at, cause: { id: happening.id, kind: happening.kind }, happening, rulebook };
  const told = before.clocks.map((clock) => recordMarks(clock, now));
  const item = { ...after(before, happening, at), clocks: told };
  const occurrences = occurrencesOf(happening, before.answered);
  const kept = item.clocks.map((clock) => endIfOver(clock, occurrences, now));
  const begun = beginning(kept, occurrences, item, now);
  const clocks = [...kept, ...begun]
    .map((clock) => standOrRun(clock, item.standing, now))
    .map((clock) => promise(clock, item.facts, now))
    .map((clock) => recordMarks(clock, now));
  const laws = lawsOf(clocks, item, now);
  const all = [...clocks, ...laws.begun];
  return { item: { ...item, clocks: all, reviewAt: laws.reviewAt }, written: differences(before.clocks, all) };
}

interface Now {
  readonly at: number;
  readonly cause: Cause;
  readonly happening: Happening;
  readonly rulebook: Rulebook;
}

function after(item: Item, happening: Happening, at: number): Item {
  const facts = 'facts' in happening && happening.kind !== 'partner_asked' ? happening.facts : {};
  const answered = item.answered || (happening.kind === 'message_out' && !happening.automatic);
  const standing = standingAfter(item.standing, happening);
  return { ...item, at, facts: { ...item.facts, ...facts }, answered, standing };
}

function standingAfter(standing: Standing, happening: Happening): Standing {
  if (happening.kind === 'set_to') return happening.standing;
  if (happening.kind === 'merged_away') return { is: 'left' };
  return happening.kind === 'reopened' || happening.kind === 'opened' ? { is: 'active' } : standing;
}

const isOpen = ({ state }: ItemClock): boolean => state.phase === 'running' || state.phase === 'paused';

const withEvent = (clock: ItemClock, event: ClockEvent, { rulebook }: Now): ItemClock => ({
  ...clock,
  events: [...clock.events, event],
  state: stepClock(clock.state, event, rulebook.calendarOf),
});

/** Marks that were passed are written down with their own moment, whenever that is noticed. */
function recordMarks(clock: ItemClock, now: Now): ItemClock {
  const state = isOpen(clock) ? look(clock.state, now.at, now.rulebook.calendarOf) : clock.state;
  const recorded = state.marks.length === 0 ? [] : clock.events.flatMap((event) => markIn(event) ?? []);
  const found = state.marks.filter((mark) => !recorded.some((known) => isSameMark(known, mark)));
  if (found.length === 0) return clock;
  return { ...clock, state, events: [...clock.events, ...found.map((mark) => eventOf(mark, now.cause))] };
}

const markIn = (event: ClockEvent): Pick<Mark, 'version' | 'share'> | null => {
  if (event.kind === 'warn') return event;
  return event.kind === 'breach' ? { version: event.version, share: 1 } : null;
};

function eventOf({ version, share, at, carried }: Mark, cause: Cause): ClockEvent {
  const mark = { at, cause, version, ...(carried ? { carried } : {}) };
  return share === 1 ? { kind: 'breach', ...mark } : { kind: 'warn', share, ...mark };
}

function endIfOver(clock: ItemClock, occurrences: readonly string[], now: Now): ItemClock {
  const { happening, at, cause } = now;
  if (!isOpen(clock) || ('ask' in happening && clock.ask !== happening.ask)) return clock;
  const { ends, cancels } = METRICS[clock.metric];
  if (occurrences.some((one) => ends.some((end) => end === one)))
    return withEvent(clock, { kind: 'fulfil', at, cause }, now);
  const over = occurrences.find((one) => cancels.some((cancel) => cancel === one));
  return over ? withEvent(clock, { kind: 'cancel', at, cause, because: over }, now) : clock;
}

/** One clock of a metric at a time, of partners' answers one for each ask. The house's; laws follow it. */
function beginning(clocks: readonly ItemClock[], occurrences: readonly string[], item: Item, now: Now): ItemClock[] {
  const ask = now.happening.kind === 'partner_asked' ? now.happening.ask : null;
  return METRICS_IN_ORDER.filter((metric) => begins(metric, occurrences, item)).flatMap((metric) => {
    const same = clocks.filter((clock) => clock.metric === metric && clock.track === HOUSE);
    const isThere = same.some((clock) => clock.ask === ask && (isOpen(clock) || ask !== null));
    return isThere ? [] : [begin(`${metric}/${HOUSE}/${ask ?? same.length + 1}`, metric, now)];
  });
}

/** Behind the resolution only an answer or a partner can still be waited for. */
function begins(metric: Metric, occurrences: readonly string[], { standing }: Item): boolean {
  const { begins, ends } = METRICS[metric];
  if (standing.is === 'left' || !begins.some((one) => occurrences.includes(one))) return false;
  const isAnswer = begins.includes('requester_waits_first') || begins.includes('requester_waits_again');
  return standing.is !== 'resolved' || isAnswer || !ends.includes('resolved');
}

function begin(key: string, metric: Metric, now: Now): ItemClock {
  const { happening, at, cause } = now;
  const asked = happening.kind === 'partner_asked' ? happening : null;
  const carriedMs = happening.kind === 'absorbed' && happening.waitedMs ? happening.waitedMs : undefined;
  const clock = { key, metric, track: HOUSE, ask: asked?.ask ?? null, askFacts: asked?.facts ?? {}, reviewAt: null };
  const event: ClockEvent = { kind: 'activate', at, cause, ...(carriedMs ? { carriedMs } : {}) };
  return withEvent({ ...clock, events: [], state: NOT_BEGUN }, event, now);
}

function standOrRun(clock: ItemClock, standing: Standing, now: Now): ItemClock {
  if (!isOpen(clock)) return clock;
  const { at, cause } = now;
  const because =
    standing.is === 'waiting' && METRICS[clock.metric].stands.includes(standing.for) ? standing.for : null;
  if (because === clock.state.pausedBecause) return clock;
  return withEvent(clock, because ? { kind: 'pause', at, cause, because } : { kind: 'resume', at, cause }, now);
}

const choose = ({ metric, track, askFacts, state }: ItemClock, facts: Facts, { rulebook, at }: Now) =>
  choosePin(rulebook, { ...facts, ...askFacts }, metric, track, at, state.activatedAt ?? at);

/** A clock without a promise gets one as soon as there is one; a promise changes with the facts, or when asked to. */
function promise(clock: ItemClock, facts: Facts, now: Now): ItemClock {
  if (!isOpen(clock)) return clock;
  const { at, cause, happening } = now;
  const { pin, reviewAt } = choose(clock, facts, now);
  const placed = clock.reviewAt === reviewAt ? clock : { ...clock, reviewAt };
  const anew = happening.kind === 'rules_changed' && happening.running;
  const changes = anew ? !isSamePin(clock.state.pin, pin) : isOtherPromise(clock.state.pin, pin);
  const mayChange = anew || happening.kind === 'facts_changed' || clock.state.pin === null;
  return changes && mayChange ? withEvent(placed, { kind: 'apply', at, cause, pin }, now) : placed;
}

/**
 * A law counts from the beginning, whenever it turns out to apply: its clock takes over what the house's clock of the
 * same metric has lived through. Laws that do not apply have no clock.
 */
function lawsOf(clocks: readonly ItemClock[], item: Item, now: Now): { begun: ItemClock[]; reviewAt: number | null } {
  const begun: ItemClock[] = [];
  let reviewAt: number | null = null;
  for (const house of clocks) {
    if (house.track !== HOUSE || !isOpen(house)) continue;
    for (const track of tracksOf(now.rulebook, house.metric)) {
      const key = `${house.metric}/${track}${house.key.slice(house.key.lastIndexOf('/'))}`;
      if (clocks.some((clock) => clock.key === key)) continue;
      const choice = choose({ ...house, track }, item.facts, now);
      if (choice.reviewAt !== null) reviewAt = Math.min(reviewAt ?? Infinity, choice.reviewAt);
      if (choice.pin === null) continue;
      const events = house.events.filter(({ kind }) => kind === 'activate' || kind === 'pause' || kind === 'resume');
      const state = replay(events, now.rulebook.calendarOf);
      const clock = { ...house, key, track, events, state, reviewAt: null };
      begun.push(recordMarks(promise(clock, item.facts, now), now));
    }
  }
  return { begun, reviewAt };
}

function differences(before: readonly ItemClock[], clocks: readonly ItemClock[]): Written[] {
  return clocks.flatMap(({ key, events }, i) =>
    events.slice(before[i]?.events.length ?? 0).map((event) => ({ key, event })),
  );
}

/**
 * When to look again if nothing happens until then: the next mark of any clock, or the day on which a policy begins.
 *
 * @returns null while time alone changes nothing
 * @example
 * const wakeAt = nextLook(item, rulebook.calendarOf);
 */
export function nextLook({ clocks, reviewAt }: Item, calendarOf: Rulebook['calendarOf']): number | null {
  let next = reviewAt;
  for (const clock of clocks) {
    if (!isOpen(clock)) continue;
    for (const at of [nextMoment(clock.state, calendarOf), clock.reviewAt]) {
      if (at !== null && (next === null || at < next)) next = at;
    }
  }
  return next;
}
