/** Cards, national ids and phone numbers: what a row of digits is, decided in this order. */
import type { RedactionClass } from '@groundswell/contract';
import { isCard } from './card.ts';
import { type Cluster, clustersOf, type Group } from './clusters.ts';
import { Context } from './context.ts';
import { isSaid } from './lettered-id.ts';
import { IDS_BY_LENGTH } from './national-id.ts';
import { isPhone, PHONE_FEWEST, PHONE_MOST, type Written } from './phone.ts';
import { COVER, type Span } from './span.ts';

export interface Said {
  readonly regions: readonly string[];
  readonly language: string | null;
}

const MOST = 19;
/** Groups that one number is written in at most; digits that stand one by one were joined before. */
const GROUPS_MOST = 8;
/** A row of more groups than this is a table of numbers: it is looked into so often, and a little more the longer it is. */
const LOOKS = 256;
const LOOKS_PER_GROUP = 1 / 32;

export function findNumbers(plain: string, said: Said): Span[] {
  const web = placesOfUrls(plain);
  const spans: Span[] = [];
  let w = 0;
  for (const cluster of clustersOf(plain)) {
    while (w < web.length && web[w]!.end <= cluster.start) w++;
    const url = web[w];
    const inside = url !== undefined && cluster.start >= url.start;
    const called = inside && NUMBER_IN_URL.test(plain.slice(Math.max(url.start, cluster.start - 24), cluster.start));
    if (inside && !called) continue;
    // What an address calls a phone number has its calling code, with a plus or without.
    const read = called ? { ...cluster, plus: true, attached: false } : cluster;
    spans.push(...inCluster(plain, read, said, spans.at(-1)));
  }
  return spans;
}

const URL = /(?:https?:\/\/|www\.)[^\s<>"'\u27e7]+/gi;
/** What an address of the web says of a number in it. */
const NUMBER_IN_URL = /(?:tel|phone|mobile|msisdn|number|wa\.me\/|whatsapp)(?:=|%3d|\/)?(?:%2b|\+)?$/i;

const placesOfUrls = (plain: string): { start: number; end: number }[] =>
  plain.includes('://') || plain.includes('www.')
    ? [...plain.matchAll(URL)].map(({ 0: url, index }) => ({ start: index, end: index + url.length }))
    : [];

function inCluster(plain: string, cluster: Cluster, said: Said, before: Span | undefined): Span[] {
  const { groups } = cluster;
  const spans: Span[] = [];
  const end = groups.at(-1)!.end;
  let context = contextOf(plain, cluster.start, end, before);
  let looks = LOOKS + groups.length * LOOKS_PER_GROUP;
  for (let i = cluster.attached ? 1 : 0; i < groups.length && looks > 0; i++) {
    if (i > 0 && !/[ (]/.test(plain.slice(groups[i - 1]!.end, groups[i]!.start))) continue;
    const found = at(plain, cluster, i, said, context, spans.at(-1) ?? before);
    if (!found) {
      looks--;
      continue;
    }
    if (spans.length === 0) context = new Context(COVER + plain.slice(end, end + 60), 1, 1); // no word stands before the rest
    spans.push(found.span);
    i = found.last;
  }
  return spans;
}

interface FoundAt {
  readonly span: Span;
  readonly last: number;
}

/** The longest that makes sense and begins at group `i`. */
function at(
  plain: string,
  cluster: Cluster,
  i: number,
  said: Said,
  context: Context,
  before: Span | undefined,
): FoundAt | null {
  const { groups } = cluster;
  const second = follows(plain, groups[i]!.start, before);
  for (let j = lastWithin(groups, i); j >= i; j--) {
    if (!endsAt(plain, cluster, j)) continue;
    const start = startAt(plain, cluster, i, j);
    const it = written(plain, cluster, i, j, start);
    if (it.digits.length < PHONE_FEWEST) return null;
    const what = kindOf(it, context, said, second);
    if (what) return { span: { start, end: closed(plain, start, groups[j]!.end), what }, last: j };
  }
  return null;
}

/** What stands before is judged as if what was found earlier were covered already, so that a second reading finds no more. */
function contextOf(plain: string, start: number, end: number, before: Span | undefined): Context {
  if (!before || start - before.end > 60) return new Context(plain, start, end);
  const shown = plain.slice(before.end, end + 60);
  return new Context(COVER + shown, start - before.end + 1, end - before.end + 1);
}

function lastWithin(groups: readonly Group[], i: number): number {
  let digits = 0;
  let j = i;
  while (j < groups.length && j - i < GROUPS_MOST) {
    digits += groups[j]!.end - groups[j]!.start;
    if (digits > MOST) break;
    j++;
  }
  return j - 1;
}

function endsAt(plain: string, { groups, trailed }: Cluster, j: number): boolean {
  if (j === groups.length - 1) return !trailed;
  return /[ )]/.test(plain.slice(groups[j]!.end, groups[j + 1]!.start));
}

/** A bracket around the whole number is not a part of it; one around its first group is. */
function startAt(plain: string, { groups, start }: Cluster, i: number, j: number): number {
  const first = groups[i]!.start;
  if (plain[first - 1] !== '(') return i === 0 && plain[first - 1] === '+' ? start : first;
  return plain.slice(first, groups[j]!.end).includes(')') ? (i === 0 ? start : first - 1) : first;
}

/** A bracket that was opened inside is closed inside. */
function closed(plain: string, start: number, end: number): number {
  const said = plain.slice(start, end);
  return said.lastIndexOf('(') > said.lastIndexOf(')') && plain[end] === ')' ? end + 1 : end;
}

function written(plain: string, cluster: Cluster, i: number, j: number, start: number): Written {
  const groups = cluster.groups.slice(i, j + 1);
  return {
    digits: groups.map(({ digits }) => digits).join(''),
    shape: groups.map(({ digits }) => digits.length).join('-'),
    said: plain.slice(groups[0]!.start, groups.at(-1)!.end),
    plus: i === 0 && cluster.plus,
    bracket: plain[start] === '(',
  };
}

/** A second number directly after a phone number is one as well. */
const follows = (plain: string, start: number, before: Span | undefined): boolean =>
  before?.what === 'phone'
    ? JOINED.test(plain.slice(before.end, start))
    : JOINED_TO_PLACEHOLDER.test(plain.slice(Math.max(0, start - 20), start));
const JOINED = /^\s?(?:,|;|\/|\||or|oder|ou|o|and|und|et|y|e|أو|و|या|और|atau|dan|または|か|、|&)?\s?$/;
const JOINED_TO_PLACEHOLDER = new RegExp(`⟦phone⟧${JOINED.source.slice(1)}`);

function kindOf(it: Written, context: Context, { regions, language }: Said, second: boolean): RedactionClass | null {
  const { digits, shape, plus } = it;
  if (!plus && isCard(digits, shape) && (shape.includes('-') || !context.isDenied((cue) => cue === 'card')))
    return 'card';
  if (!plus && isNationalId(digits, shape, context, regions)) return 'national_id';
  if (digits.length > PHONE_MOST) return null;
  if (second && isPlausible(it)) return 'phone';
  return isPhone(it, context, regions, language) ? 'phone' : null;
}

const isPlausible = ({ digits, shape }: Written): boolean =>
  digits.length >= 9 && digits.length <= 13 && shape.length <= 14;

const LONG_ID = 13;

function isNationalId(digits: string, shape: string, context: Context, regions: readonly string[]): boolean {
  return (IDS_BY_LENGTH.get(digits.length) ?? []).some((id) => {
    const plain = id.plainShapes?.test(shape) ?? false;
    const bare = shape === `${digits.length}`;
    if (!(plain || bare || id.shapes?.test(shape)) || !id.holds(digits)) return false;
    if (plain && !(bare && context.isDenied((cue) => cue === 'id' || cue === `id:${id.country}`))) return true;
    // Of digits in one row, one in ten passes the check of a short id by chance: then the region alone does not say it.
    return isSaid(id.country, regions, context, bare && digits.length < LONG_ID);
  });
}
