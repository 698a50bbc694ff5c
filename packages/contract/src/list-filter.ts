/** How lists that come whole are narrowed down: the same words on the screen and in its file. */

/**
 * Whether every word that was asked for stands somewhere in what is said of a row.
 * @example
 * saysEach('Ana Diaz ana@example.org', 'diaz ana'); // true
 */
export function saysEach(said: string, asked: string | undefined): boolean {
  const words = (asked ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const lower = said.toLowerCase();
  return words.every((word) => lower.includes(word));
}

/**
 * Whether what was asked for stands in it as it was written.
 * @example
 * saysAll('reviews of May.csv', 'of may'); // true
 */
export const saysAll = (said: string, asked: string | undefined): boolean =>
  said.toLowerCase().includes((asked ?? '').toLowerCase());
