/** English words that no screen of the first minute says: fetched beside the first screen that does (`app/i18n.ts`). */
export const LATER: readonly string[] = [
  'background',
  'baton',
  'budget',
  'bulk',
  'can',
  'case',
  'caseMark',
  'conflict',
  'connector',
  'debrief',
  'desk',
  'dictionary',
  'explanation',
  'facet',
  'harm',
  'historyRun',
  'impact',
  'invited',
  'mapping',
  'notice',
  'opening',
  'privacy',
  'queue',
  'readAs',
  'redaction',
  'rename',
  'reset',
  'role',
  'samples',
  'shifts',
  'staff',
  'token',
  'trial',
  'triage',
  'views',
];

/**
 * The words of English in two halves, by their topmost names.
 * @example
 * halves({ home: { title: 'Home' }, case: { title: 'Case' } }); // { first: { home: … }, later: { case: … } }
 */
export function halves(english: object): { first: object; later: object } {
  const of = (late: boolean) =>
    Object.fromEntries(Object.entries(english).filter(([name]) => LATER.includes(name) === late));
  return { first: of(false), later: of(true) };
}
