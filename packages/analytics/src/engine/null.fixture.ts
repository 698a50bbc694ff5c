import type { Item } from './entry.ts';

/**
 * Streams in which nothing happens, made to look as if: authors who repeat themselves, subjects whose shares drift, releases
 * that are rolled out, and texts that come in clumps. Whatever is told of them is false. Same seed, same stream.
 */

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const SUBJECTS = 40;
const DRIFT = 0.05; // standard deviation of ln share from one week to the next
const SYLLABLES = [
  'ka',
  'lo',
  'mi',
  'ren',
  'to',
  'sa',
  'vel',
  'du',
  'pin',
  'gor',
  'shi',
  'bra',
  'nu',
  'tes',
  'wo',
  'fy',
];

export interface NullPlan {
  readonly seed: number;
  readonly weeks: number;
  readonly perWeek: number;
  /** Texts of one subject that come within an hour when one comes: 1 is none. */
  readonly clump: number;
}

function sequence(seed: number): () => number {
  let word = (seed * 2654435761) >>> 0;
  return () => {
    word = (word + 0x6d2b79f5) >>> 0; // mulberry32
    let x = Math.imul(word ^ (word >>> 15), word | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Items in order of time. */
export function aNullStream({ seed, weeks, perWeek, clump }: NullPlan): Item[] {
  const random = sequence(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const word = () => pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES);
  const common = Array.from({ length: 300 }, word);
  const subjects = Array.from({ length: SUBJECTS }, () => Array.from({ length: 12 }, word));
  const shares = subjects.map((_, i) => 1 / (3 + i));
  const items: Item[] = [];
  const say = (subject: number) =>
    Array.from({ length: 6 + Math.floor(random() * 8) }, () =>
      random() < 0.4 ? pick(subjects[subject]!) : (common[Math.floor(common.length ** random()) - 1] ?? common[0]!),
    ).join(' ');
  const add = (at: number, text: string, author: string) => {
    const version = Math.floor(at / (2 * WEEK)); // a release every other week, rolled out over two days
    const isOld = random() > 0.9 * (1 - Math.exp(-(at - version * 2 * WEEK) / (48 * HOUR)));
    const dimensions = { platform: random() < 0.6 ? 'ios' : 'android', version: `9.${version - (isOld ? 1 : 0)}` };
    items.push({ id: `n${seed}-${items.length}`, at, text, author, rating: null, dimensions, replaces: null });
  };
  for (let week = 0; week < weeks; week++) {
    const total = shares.reduce((a, b) => a + b, 0);
    for (let n = 0; n < perWeek / ((1 + clump) / 2); n++) {
      let at = random() * total;
      let subject = 0;
      while (subject < SUBJECTS - 1 && at >= shares[subject]!) at -= shares[subject++]!;
      const time = (week + random()) * WEEK;
      for (let c = 1 + Math.floor(random() * clump); c > 0; c--)
        add(time + random() * HOUR, say(subject), `a${Math.floor(random() * 1e6)}`);
    }
    const [author, subject, start] = [`burst${week}`, Math.floor(random() * SUBJECTS), (week + random()) * WEEK];
    const text = say(subject);
    for (let c = 10 + Math.floor(random() * 20); c > 0; c--) add(start + random() * 3 * HOUR, text, author); // one author, one text
    for (let i = 0; i < SUBJECTS; i++) shares[i] = shares[i]! * Math.exp(DRIFT * normal());
  }
  return items.sort((a, b) => a.at - b.at);
}
