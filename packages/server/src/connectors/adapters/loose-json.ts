/** What another system answered, read field by field: nothing in it is believed to be there or to be of a kind. Pure. */

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Text and numbers as text, without spaces around; everything else says nothing. Ids are often numbers. */
export function wordOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** Seconds since 1970, given as a number or in digits; null for anything else. */
export function secondsOf(value: unknown): number | null {
  const said = wordOf(value);
  return /^\d{9,11}$/.test(said) ? Number(said) : null;
}

/** When an answer was given, by the clock of who gave it; null when it does not say. */
export function answeredAt(headers: Readonly<Record<string, string>>): Date | null {
  const at = Date.parse(headers.date ?? '');
  return Number.isNaN(at) ? null : new Date(at);
}
