/** iCalendar out (RFC 5545). Moments are written in UTC: no reader has to be told what a zone is. */
import { escapeText, foldLine } from './ics-lines.ts';

export interface IcsOutgoing {
  /** The same for ever: a reader that asks again replaces the event by it. */
  readonly uid: string;
  readonly summary: string;
  readonly description?: string;
  /** Moments in ms since 1970, or days as `2026-12-24`; both of the same kind. */
  readonly from: number | string;
  /** First moment or day behind it. */
  readonly to: number | string;
}

/**
 * Writes a calendar. Words are escaped and lines folded at 75 bytes, so that nothing in a name can become a property.
 *
 * @param stamp when it is written, ms since 1970
 * @throws RangeError on an event whose ends are not both moments or both days, or that ends before it begins
 * @example
 * writeIcs('Shifts of Ana', [{ uid: 'shift-7@example.org', summary: 'On call', from, to }], stamp);
 */
export function writeIcs(name: string, events: readonly IcsOutgoing[], stamp: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Groundswell//Calendar//EN',
    `X-WR-CALNAME:${clean(name)}`,
  ];
  for (const [i, { uid, summary, description, from, to }] of events.entries()) {
    const isDay = typeof from === 'string';
    if (isDay !== (typeof to === 'string') || !(to > from))
      throw new RangeError(`events[${i}] does not end after it begins`);
    lines.push('BEGIN:VEVENT', `UID:${clean(uid)}`, `DTSTAMP:${moment(stamp)}`);
    lines.push(
      `DTSTART${isDay ? ';VALUE=DATE' : ''}:${written(from, i)}`,
      `DTEND${isDay ? ';VALUE=DATE' : ''}:${written(to, i)}`,
    );
    lines.push(`SUMMARY:${clean(summary)}`);
    if (description !== undefined) lines.push(`DESCRIPTION:${clean(description)}`);
    lines.push('END:VEVENT');
  }
  return [...lines, 'END:VCALENDAR'].map(foldLine).join('');
}

/** Without what no calendar may hold; line ends become `\n`. */
const clean = (text: string): string => escapeText(text.toWellFormed()).replace(/\p{Cc}/gu, '');

const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

function written(time: number | string, i: number): string {
  if (typeof time === 'number') return moment(time);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(time)) throw new RangeError(`events[${i}]: "${time}" is no day`);
  return time.replaceAll('-', '');
}
