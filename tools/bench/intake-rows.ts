/** Rows as a support team gets them, made from a seed: 300 characters of text, an author, four dimensions. */

export interface Row {
  readonly id: string;
  readonly ts: string;
  readonly text: string;
  readonly author: string;
  readonly rating: number;
  readonly dimensions: Record<string, string>;
}

const COMMON = (
  'the app i it to and my is not a in when for this on after update of me have can but with that they was so be you ' +
  'please fix no money account video works crash every time open says error cannot log payout still waiting days support ' +
  'never answers since new version phone screen upload stuck comments gone followers lost very bad love great why'
).split(' ');
const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu'.split(' ');
const RARE_WORDS = 20_000;

/** A linear congruential generator (Numerical Recipes): the same rows in every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const rareWord = (n: number): string =>
  [n % 20, Math.floor(n / 20) % 20, Math.floor(n / 400) % 20, Math.floor(n / 8000)].map((i) => SYLLABLES[i]).join('');

const LENGTH = 300;
/** A third of the texts hold numbers that look like nobody's, one in twelve holds what must be redacted. */
const NUMBERED = 0.33;
const PERSONAL = 0.08;
const PERSON = [
  ' write to ana.example@mail.example.org',
  ' my phone is +49 30 901820',
  ' card 4111 1111 1111 1111',
  ' call me at +1 415 555 2671',
];
const START = Date.UTC(2026, 0, 1);
const EVERY_MS = 30_000;
/** Then from the beginning again: what is more than a day ahead of the clock is refused, and a long stream would get there. */
const SPAN_MS = 300 * 86_400_000;

/** `count` rows from number `first` on; one word in eight is rare, as in real reviews. */
export function makeRows(first: number, count: number, seed = 7): Row[] {
  const next = random(seed + first);
  const word = () => {
    if (next() < 0.125) return rareWord(Math.floor(RARE_WORDS * next() ** 3));
    return COMMON[Math.floor(COMMON.length * next() ** 1.5)]!;
  };
  return Array.from({ length: count }, (_, i) => {
    let text = word();
    if (next() < NUMBERED)
      text += ` error ${400 + Math.floor(next() * 200)} after version 7.${Math.floor(next() * 40)}.1`;
    if (next() < PERSONAL) text += PERSON[Math.floor(next() * PERSON.length)];
    while (text.length < LENGTH) text += ` ${word()}`;
    return {
      id: `r${first + i}`,
      ts: new Date(START + (((first + i) * EVERY_MS) % SPAN_MS)).toISOString(),
      text: text.slice(0, LENGTH),
      author: `a${Math.floor(next() * 50_000)}`,
      rating: 1 + Math.floor(next() * 5),
      dimensions: {
        app_version: `7.${Math.floor(next() ** 2 * 40)}.${Math.floor(next() * 3)}`,
        platform: next() < 0.6 ? 'android' : 'ios',
        country: ['US', 'BR', 'IN', 'DE', 'ID', 'JP', 'FR', 'MX'][Math.floor(8 * next() ** 2)]!,
        feature: ['upload', 'comments', 'payout', 'live', 'search'][Math.floor(5 * next())]!,
      },
    };
  });
}
