/** How fingers and keyboards change a text. Latin letters are swapped, dropped, doubled; other scripts lose a mark at most. */
import type { Chance } from './random.ts';

const LATIN = /[a-z]/i;

/**
 * A text as a hurried person types it. `rate` is mistypings per character.
 * @example
 * mistype('nothing happens', 0, new Chance(1)); // unchanged
 */
export function mistype(text: string, rate: number, chance: Chance): string {
  if (rate <= 0) return text;
  let gap = Math.floor(chance.exponential(1 / rate));
  if (gap >= text.length) return text;
  const letters = [...text];
  for (let i = gap; i < letters.length; i += 1 + gap) {
    const one = letters[i]!;
    const next = letters[i + 1];
    gap = Math.floor(chance.exponential(1 / rate));
    if (!LATIN.test(one) || next === undefined) continue;
    const roll = chance.next();
    if (roll < 0.35 && LATIN.test(next)) [letters[i], letters[i + 1]] = [next, one];
    else if (roll < 0.7) letters[i] = '';
    else letters[i] = one + one;
  }
  return letters.join('');
}

/** Habits of writing as a whole: no capitals, all capitals, no full stops, three of them. */
export function ownStyle(text: string, habit: number, temper: string): string {
  if (temper === 'angry' && habit < 0.08) return text.toUpperCase();
  if (temper === 'angry' && habit < 0.3) return text.replace(/[.。।](?=\s|$)/g, '!!');
  if (habit > 0.8) return text.toLowerCase().replace(/\.(?=\s|$)/g, habit > 0.9 ? '' : '...');
  return text;
}
