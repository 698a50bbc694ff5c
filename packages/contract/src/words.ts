/** What people write into a field: kept as it stands, so what cannot be kept or shown beside other text is refused. */
import { z } from 'zod';

/** Of several lines, or words to search by. No database keeps a NUL, and nobody means one. */
export const Words = z.string().refine((said) => !said.includes('\0'), 'holds a NUL character; write it without');

/** Control characters, and those that reorder whatever is shown after them. */
const UNSHOWABLE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u;
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
