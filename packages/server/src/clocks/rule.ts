/** What may stand in a policy and in a calendar, beyond its form. Pure. */
import { type CalendarSpec, compileCalendar, instantOf, isZone, offsetAt } from '@groundswell/analytics';
import { ALWAYS_CALENDAR, type ClockTarget, Refusal } from '@groundswell/contract';
import type { IcsEvent } from '@groundswell/formats';

/** A calendar that can be counted with, or a refusal that names the place of the mistake. */
export function mustCount(spec: CalendarSpec): void {
  try {
    const { weekMs } = compileCalendar(spec);
    if (weekMs > 0) return;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal(
      'clock.not_countable',
      `This calendar cannot be counted with: ${error.message}. Nothing was kept.`,
    );
  }
  throw new Refusal(
    'clock.not_countable',
    'This calendar has no hours, so nothing would ever be due. Nothing was kept.',
  );
}

export function mustBeEditable(id: string): void {
  if (id !== ALWAYS_CALENDAR) return;
  throw new Refusal(
    'clock.needed',
    'Day and night stays as it is: laws and partners are counted by it. Make another calendar instead.',
  );
}

export function mustKnowCalendars(targets: readonly ClockTarget[], known: ReadonlySet<string>): void {
  const missing = targets.find(({ calendar }) => calendar !== null && !known.has(calendar));
  if (!missing) return;
  throw new Refusal(
    'clock.not_countable',
    `There is no calendar "${missing.calendar}". Nothing was kept; choose another one.`,
  );
}

const DAY_LENGTH = '2026-12-24'.length;
const MINUTE_LENGTH = '2026-12-24T12:00'.length;
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
const NAME_MAX = 200;

interface Holiday {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What a calendar file calls an event, as a holiday of a calendar of that zone. Moments of another zone are moved to its wall clock. */
export function holidayOf({ summary, allDay, from, to, zone: told }: IcsEvent, zone: string): Holiday {
  const said = summary.replace(UNSHOWABLE, ' ').trim().slice(0, NAME_MAX).trim();
  const name = VISIBLE.test(said) ? said : '–';
  if (allDay) return { name, from: from.slice(0, DAY_LENGTH), to: to.slice(0, DAY_LENGTH) };
  const here = (wall: string) =>
    (told === null || told === zone ? wall : moved(wall, told, zone)).slice(0, MINUTE_LENGTH);
  return { name, from: here(from), to: here(to) };
}

function moved(wall: string, from: string, to: string): string {
  const at = instantOf(from, Date.parse(`${wall}Z`));
  return new Date(at + offsetAt(to, at)).toISOString();
}

/** As the reader of calendar files asks for them. */
export const ZONES = { isZone, instantOf };
