/** iCalendar in (RFC 5545): events with their repetitions written out, as wall times. */
import { type ContentLine, contentLines, unescapeText } from './ics-lines.ts';
import { EFFORT_MAX, type Effort, type Rule, readRule, startsOf } from './ics-rule.ts';
import { DAY_MS, type IcsTime, instantOfTime, readDuration, readTimes, writeWall, type Zones } from './ics-times.ts';
import { Unreadable } from './unreadable.ts';

export interface IcsEvent {
  readonly uid: string;
  /** What somebody wrote. */
  readonly summary: string;
  /** `2026-12-24` of whole days, else `2026-12-24T12:00:00`: the wall clock of `zone`. */
  readonly from: string;
  /** First moment behind it. */
  readonly to: string;
  readonly allDay: boolean;
  /** `UTC`, an IANA name; null is the wall clock of whoever reads it. */
  readonly zone: string | null;
  /** Where the event begins in the file. */
  readonly line: number;
}

export interface IcsFault {
  readonly line: number;
  readonly reason: string;
}

export interface IcsOptions {
  readonly zones: Zones;
  /** Days: what begins on or after the second, or ends on or before the first, is left out. */
  readonly from: string;
  readonly until: string;
}

const TEXT_MAX = 5_000_000;
const EVENTS_MAX = 10_000;
/** Occurrences of one file: a shift plan of a hundred people over a year. */
const OCCURRENCES_MAX = 50_000;
const NAME_MAX = 1_000;

interface Draft {
  readonly line: number;
  readonly lines: ContentLine[];
  fault: IcsFault | null;
}
interface Read {
  readonly uid: string;
  readonly summary: string;
  readonly line: number;
  readonly start: IcsTime;
  readonly lengthMs: number;
  readonly rule: Rule | null;
  readonly more: readonly IcsTime[];
  readonly without: readonly IcsTime[];
  /** Stands in place of this one of the series. */
  readonly instead: IcsTime | null;
  readonly cancelled: boolean;
}

/**
 * Reads a calendar file. An event with a mistake costs itself and nothing else. Repetitions run on the wall clock of the
 * event's zone and are written out between two days; changed and cancelled occurrences of a series are respected.
 *
 * @param text    the whole file, at most 5 million characters
 * @returns       occurrences in order of their beginning, and what was refused, with its line
 * @throws Unreadable when the text is no calendar, is too long, or has more than 10,000 events or 50,000 occurrences
 *
 * @example
 * readIcs(text, { zones: { isZone, instantOf }, from: '2026-01-01', until: '2028-01-01' }).events[0]?.from; // '2026-12-25'
 */
export function readIcs(text: string, { zones, from, until }: IcsOptions): { events: IcsEvent[]; refused: IcsFault[] } {
  if (text.length > TEXT_MAX)
    throw new Unreadable(`The calendar is larger than ${TEXT_MAX / 1_000_000} MB. Export fewer years.`);
  const span = { from: dayOf(from), until: dayOf(until) };
  const refused: IcsFault[] = [];
  const read: Read[] = [];
  for (const draft of drafts(text)) {
    const one = draft.fault ?? readEvent(draft, zones);
    if ('reason' in one) refused.push(one);
    else read.push(one);
    if (read.length + refused.length > EVENTS_MAX)
      throw new Unreadable(`The calendar has more than ${EVENTS_MAX} events.`);
  }
  const replaced = replacements(read, zones);
  const effort = { left: EFFORT_MAX };
  const events: { at: number; event: IcsEvent }[] = [];
  for (const one of read) {
    for (const wall of wallsOf(one, span.until, replaced, effort, zones)) {
      if (wall >= span.until || wall + one.lengthMs <= span.from) continue;
      if (events.length >= OCCURRENCES_MAX)
        throw new Unreadable(`The calendar has more than ${OCCURRENCES_MAX} occurrences. Read fewer years.`);
      events.push({ at: wall, event: occurrence(one, wall) });
    }
  }
  if (effort.left <= 0) throw new Unreadable('The repetitions of the calendar go on for too long. Read fewer years.');
  return { events: events.sort((a, b) => a.at - b.at).map(({ event }) => event), refused };
}

function dayOf(said: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(said) ? Date.parse(`${said}T00:00:00Z`) : Number.NaN;
  if (!(day >= 0 && day <= Date.UTC(2200, 0, 1))) throw new RangeError(`"${said}" is no day`);
  return day;
}

/** The lines of each VEVENT; what stands in components inside it (alarms) is passed over. */
function* drafts(text: string): Generator<Draft> {
  let seen = false;
  let draft: Draft | null = null;
  const inside: string[] = [];
  for (const line of contentLines(text)) {
    if ('fault' in line) {
      if (!seen) break;
      if (draft) draft.fault ??= { line: line.line, reason: line.fault };
      continue;
    }
    const component = line.value.trim().toUpperCase();
    if (line.name === 'BEGIN') {
      if (!seen && component !== 'VCALENDAR') break;
      seen = true;
      if (component === 'VEVENT' && !draft) draft = { line: line.line, lines: [], fault: null };
      else if (draft) inside.push(component);
    } else if (!seen) break;
    else if (line.name === 'END' && draft) {
      if (inside.length > 0) inside.pop();
      else {
        yield draft;
        draft = null;
      }
    } else if (draft && inside.length === 0) draft.lines.push(line);
  }
  if (!seen) throw new Unreadable('This is no calendar file: it does not begin with BEGIN:VCALENDAR.');
  if (draft) yield { ...draft, fault: { line: draft.line, reason: 'The event has no end: the file is cut off.' } };
}

function readEvent({ line, lines }: Draft, zones: Zones): Read | IcsFault {
  const one = (name: string) => lines.find((content) => content.name === name);
  const begin = one('DTSTART');
  if (!begin) return { line, reason: 'The event has no DTSTART.' };
  const [start] = checked(begin, zones);
  if (typeof start === 'string' || !start) return { line: begin.line, reason: start ?? 'The event has no DTSTART.' };
  const lengthMs = lengthOf(start, one('DTEND'), one('DURATION'), zones);
  if (typeof lengthMs !== 'number') return lengthMs;
  const ruled = one('RRULE');
  const rule = ruled ? readRule(ruled.value, start.zone) : null;
  if (typeof rule === 'string') return { line: ruled!.line, reason: rule };
  const lists: Record<string, IcsTime[]> = { RDATE: [], EXDATE: [], 'RECURRENCE-ID': [] };
  for (const content of lines) {
    if (!Object.hasOwn(lists, content.name)) continue;
    for (const time of checked(content, zones)) {
      if (typeof time === 'string') return { line: content.line, reason: time };
      lists[content.name]!.push(time);
    }
  }
  return {
    uid: (one('UID')?.value ?? `line-${line}`).slice(0, NAME_MAX),
    summary: unescapeText(one('SUMMARY')?.value ?? '').slice(0, NAME_MAX),
    line,
    start,
    lengthMs,
    rule,
    more: lists.RDATE!,
    without: lists.EXDATE!,
    instead: lists['RECURRENCE-ID']![0] ?? null,
    cancelled: one('STATUS')?.value.trim().toUpperCase() === 'CANCELLED',
  };
}

function checked(content: ContentLine, zones: Zones): (IcsTime | string)[] {
  const read = readTimes(content, zones);
  return typeof read === 'string' ? [read] : read;
}

/** As the wall clock counts it. Without an end: a whole day lasts a day, a moment nothing. */
function lengthOf(
  start: IcsTime,
  end: ContentLine | undefined,
  duration: ContentLine | undefined,
  zones: Zones,
): number | IcsFault {
  if (duration && !end) {
    const lengthMs = readDuration(duration.value.trim());
    return lengthMs ?? { line: duration.line, reason: 'DURATION is no length of time. Write it as PT8H or P1D.' };
  }
  if (!end) return start.allDay ? DAY_MS : 0;
  const [to] = checked(end, zones);
  if (typeof to === 'string' || !to) return { line: end.line, reason: to ?? 'DTEND is empty.' };
  if (to.allDay !== start.allDay)
    return { line: end.line, reason: 'DTSTART and DTEND are not both days or both moments.' };
  const lengthMs =
    to.zone === start.zone ? to.wall - start.wall : instantOfTime(to, zones) - instantOfTime(start, zones);
  return lengthMs >= 0 ? lengthMs : { line: end.line, reason: 'The event ends before it begins.' };
}

const keyOf = (uid: string, time: IcsTime, zones: Zones): string => `${instantOfTime(time, zones)} ${uid}`;

function replacements(read: readonly Read[], zones: Zones): ReadonlySet<string> {
  return new Set(read.flatMap(({ uid, instead }) => (instead ? [keyOf(uid, instead, zones)] : [])));
}

function wallsOf(one: Read, horizon: number, replaced: ReadonlySet<string>, effort: Effort, zones: Zones): number[] {
  const { uid, start, rule, more, without, instead, cancelled } = one;
  if (cancelled) return [];
  if (instead) return [start.wall];
  const starts = rule ? startsOf(start, rule, horizon, effort, zones) : [start.wall];
  const added = more
    .filter(({ zone, allDay }) => zone === start.zone && allDay === start.allDay)
    .map(({ wall }) => wall);
  const left = new Set(without.map((time) => keyOf(uid, time, zones)));
  return [...new Set([...starts, ...added])].filter((wall) => {
    const key = keyOf(uid, { ...start, wall }, zones);
    return !left.has(key) && !replaced.has(key);
  });
}

function occurrence({ uid, summary, line, start, lengthMs }: Read, wall: number): IcsEvent {
  const { allDay, zone } = start;
  return { uid, summary, line, allDay, zone, from: writeWall(wall, allDay), to: writeWall(wall + lengthMs, allDay) };
}
