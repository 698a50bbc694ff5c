/** Groups of copied texts: what became of a batch, and what a group looks like. Pure. */
import { hash } from 'node:crypto';
import { type CopyIndex, type KnownCopy, PHRASE_WEIGHT, type SaidText } from '@groundswell/analytics';
import type { CopyGroupView } from '@groundswell/contract';

/** A signal as it is compared. */
export interface Said {
  readonly id: string;
  readonly itemId: string;
  readonly at: Date;
  readonly receivedAt: Date;
  readonly title: string | null;
  readonly text: string;
  readonly length: number;
  readonly author: string | null;
  readonly language: string | null;
  readonly sourceId: string;
  /** The revision whose place it took on arrival. */
  readonly replaces: string | null;
  readonly arrivedLatest: boolean;
  readonly latest: boolean;
}

/** A signal in its group. */
export interface Member {
  readonly signalId: string;
  readonly groupId: string;
  readonly exact: boolean;
  readonly sourceId: string;
  readonly author: string | null;
  readonly language: string | null;
  readonly at: Date;
}

export interface Found {
  readonly members: readonly Member[];
  /** Groups that begin here, and the signal that each began with: it may be of an earlier batch. */
  readonly founded: readonly { readonly groupId: string; readonly firstId: string }[];
  /** Superseded by a signal of this batch: they leave their groups. */
  readonly left: readonly string[];
}

/** A title belongs to what was said: a store's reviews put half of it there. */
export const wordsOf = ({ title, text }: Pick<Said, 'title' | 'text'>): string =>
  title === null ? text : `${title}\n${text}`;

const asSaid = (said: Said): SaidText => ({
  id: said.id,
  item: said.itemId,
  text: wordsOf(said),
  at: said.receivedAt.getTime(),
});

/** Compares signals in the order in which they came. A revision that was out of date on arrival is no news. */
export function compare(index: CopyIndex, signals: readonly Said[]): Found {
  const members: Member[] = [];
  const founded: { groupId: string; firstId: string }[] = [];
  for (const said of signals) {
    if (!said.arrivedLatest) continue;
    const copy = index.take(asSaid(said));
    if (copy === null) continue;
    const groupId = groupIdOf(copy.group);
    if (copy.founded) founded.push({ groupId, firstId: copy.group });
    members.push(memberOf(said, groupId, copy.exact));
  }
  return { members, founded, left: signals.flatMap(({ replaces }) => replaces ?? []) };
}

export const memberOf = (said: Said, groupId: string, exact: boolean): Member => ({
  signalId: said.id,
  groupId,
  exact,
  sourceId: said.sourceId,
  author: said.author,
  language: said.language,
  at: said.at,
});

/** Signals that were compared before, read again after a restart. `known` by signal: the first of its group, and whether exact. */
export function remember(index: CopyIndex, signals: readonly Said[], known: ReadonlyMap<string, KnownCopy>): void {
  for (const said of signals) {
    if (!said.arrivedLatest) continue;
    if (said.latest) index.recall(asSaid(said), known.get(said.id) ?? null);
    else index.pass();
  }
}

/** A UUIDv8 (RFC 9562 §5.8) of the signal that a group began with: found twice, it is the same group. */
export function groupIdOf(firstSignalId: string): string {
  const hex = hash('sha256', JSON.stringify(['copies', firstSignalId]));
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export type Shape = CopyGroupView['shape'];

/** Fewer people who use the same words are a household, or chance. */
const CAMPAIGN_AUTHORS = 5;
/** Three or four words are found twice by chance; a sentence of this weight is not. */
const CAMPAIGN_WEIGHT = 30;
/** Who follows a call to write does so within days; a text that is passed around for months is a template. */
const CAMPAIGN_HOURS = 72;
/** A person who asks again and again writes twice or thrice; from here on it is a machine, or somebody who is not heard. */
const FLOOD_SIGNALS = 5;

export interface Outline {
  readonly signals: number;
  readonly authors: number | null;
  readonly mostByOne: number | null;
  readonly weight: number;
  readonly halfHours: number;
}

/** One voice is named before many: a flood is one also when its words are short. */
export function shapeOf({ signals, authors, mostByOne, weight, halfHours }: Outline): Shape {
  if (mostByOne !== null && mostByOne >= FLOOD_SIGNALS && 2 * mostByOne >= signals) return 'flood';
  if (weight < PHRASE_WEIGHT) return 'phrase';
  const many = authors !== null && authors >= CAMPAIGN_AUTHORS;
  return many && weight >= CAMPAIGN_WEIGHT && halfHours <= CAMPAIGN_HOURS ? 'campaign' : 'copies';
}

/** The shortest stretch of whole hours that holds at least half of the signals. `hours` in order. */
export function halfHoursOf(hours: readonly { readonly hour: number; readonly signals: number }[]): number {
  const total = hours.reduce((sum, { signals }) => sum + signals, 0);
  let best = Number.POSITIVE_INFINITY;
  let held = 0;
  for (let from = 0, to = 0; to < hours.length; to++) {
    held += hours[to]!.signals;
    for (; 2 * (held - hours[from]!.signals) >= total; from++) held -= hours[from]!.signals;
    if (2 * held >= total) best = Math.min(best, hours[to]!.hour - hours[from]!.hour + 1);
  }
  return Number.isFinite(best) ? best : 0;
}

export interface Tally {
  readonly groupId: string;
  readonly kind: 'author' | 'hour' | 'source' | 'language';
  readonly value: string;
  readonly signals: number;
}

const HOUR_MS = 3_600_000;
const hourOf = (at: Date): number => Math.floor(at.getTime() / HOUR_MS);
export const timeOfHour = (hour: number): Date => new Date(hour * HOUR_MS);

/** By how much each tally of each group changes. What comes and goes in one batch is not there at all. */
export function talliesOf(joined: readonly Member[], gone: readonly Member[]): Tally[] {
  const sums = new Map<string, Tally>();
  const add = (groupId: string, kind: Tally['kind'], value: string | null, by: number) => {
    if (value === null) return;
    const key = `${groupId} ${kind} ${value}`;
    sums.set(key, { groupId, kind, value, signals: (sums.get(key)?.signals ?? 0) + by });
  };
  for (const [members, by] of [
    [joined, 1],
    [gone, -1],
  ] as const) {
    for (const { groupId, author, at, sourceId, language } of members) {
      add(groupId, 'author', author, by);
      add(groupId, 'hour', String(hourOf(at)), by);
      add(groupId, 'source', sourceId, by);
      add(groupId, 'language', language, by);
    }
  }
  return [...sums.values()].filter(({ signals }) => signals !== 0);
}

export interface Growth {
  readonly groupId: string;
  readonly signals: number;
  readonly exact: number;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

/** By how much each group grows or shrinks. */
export function growthOf(joined: readonly Member[], gone: readonly Member[]): Growth[] {
  const growths = new Map<string, Growth>();
  const of = (groupId: string) =>
    growths.get(groupId) ?? { groupId, signals: 0, exact: 0, firstAt: null, lastAt: null };
  for (const { groupId, exact, at } of joined) {
    const { signals, exact: same, firstAt, lastAt } = of(groupId);
    growths.set(groupId, {
      groupId,
      signals: signals + 1,
      exact: same + Number(exact),
      firstAt: firstAt === null || at < firstAt ? at : firstAt,
      lastAt: lastAt === null || at > lastAt ? at : lastAt,
    });
  }
  for (const { groupId, exact } of gone) {
    const before = of(groupId);
    growths.set(groupId, { ...before, signals: before.signals - 1, exact: before.exact - Number(exact) });
  }
  return [...growths.values()];
}
