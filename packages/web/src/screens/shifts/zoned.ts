/** The hour somewhere else, with its day where that differs from nobody's guess. */
const kept = new Map<string, Intl.DateTimeFormat>();

/**
 * @example
 * sayZoned('2026-03-02T09:00:00Z', 'Asia/Tokyo', 'en'); // "Mon 18:00"
 */
export function sayZoned(at: string, zone: string, language: string): string {
  const key = `${language} ${zone}`;
  const format =
    kept.get(key) ??
    new Intl.DateTimeFormat(language, {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  kept.set(key, format);
  return format.format(new Date(at));
}
