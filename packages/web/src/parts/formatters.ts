/** Making a formatter of `Intl` costs far more than using it: a list of sixty rows would make hundreds. Each is made once. */

const kept = new Map<string, unknown>();

type Made<O, F> = new (language: string, options: O) => F;

/**
 * @example
 * formatter(Intl.NumberFormat, 'en', { maximumFractionDigits: 0 }).format(1284); // '1,284'
 */
export function formatter<const O extends object, F>(make: Made<O, F>, language: string, options: O): F {
  const key = `${make.name} ${language} ${JSON.stringify(options)}`;
  const before = kept.get(key);
  if (before) return before as F;
  const made = new make(language, options);
  kept.set(key, made);
  return made;
}
