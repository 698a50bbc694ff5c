/** What people write into a field: kept as it stands, so what cannot be kept or shown beside other text is refused. */
import { z } from 'zod';

/** Of several lines, or words to search by. No database keeps a NUL, and nobody means one. */
export const Words = z.string().refine((said) => !said.includes('\0'), 'holds a NUL character; write it without');

/** The calendar has no year 0. */
const hasItsYear = (said: string): boolean => !said.startsWith('0000');
const NO_YEAR_0 = 'there is no year 0';

/** A moment to search by, or to begin at. */
export const Instant = z.iso.datetime().refine(hasItsYear, NO_YEAR_0);
/** A day of the calendar. */
export const Day = z.iso.date().refine(hasItsYear, NO_YEAR_0);

/** The name of a compartment, in an address or a body. */
export const CompartmentName = z
  .string()
  .regex(/^[a-z0-9_]{1,64}$/, 'is not the name of a compartment: small letters, digits and "_"');

/** Control characters, halves of characters, and those that reorder whatever is shown after them. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;
const UNKEEPABLE = /[\p{Cc}\p{Cs}]/u;

/** A word of a program's own, such as an id: it is kept as it is or not at all. */
export const Mark = z
  .string()
  .refine((said) => !UNKEEPABLE.test(said), 'holds control characters or half a character; write it without');
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A name: one line that can be seen, and that changes nothing of what stands beside it.
 * @example
 * lineOf(100).parse(' App Store '); // 'App Store'
 */
export const lineOf = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((said) => !UNSHOWABLE.test(said), 'holds characters that cannot be shown; write it without them')
    .refine((said) => said === '' || VISIBLE.test(said), 'holds nothing that can be seen');
