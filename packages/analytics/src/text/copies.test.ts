import { describe, expect, test } from 'vitest';
import { chance, DISGUISES, EDITS, ownText } from './copies.fixture.ts';
import { type FoundCopy, openCopyIndex, type SaidText } from './copies.ts';
import { plainOf, sayPlain } from './copies-plain.ts';
import { likenessOf, printOf, type Sketch, sketchOf } from './copies-print.ts';
import { ALIKE } from './copies-room.ts';

const DAY = 86_400_000;
const open = (window = 20_000) => openCopyIndex({ window, forMs: 30 * DAY });
const said = (n: number, text: string, over: Partial<SaidText> = {}): SaidText => {
  return { id: `s${n}`, item: `i${n}`, text, at: n, ...over };
};

test.each([
  ['GOOOD  app!!! 🙂 v7.1', 'god ap v#'],
  ['Paid 10 000 of 20.000 on 2026-01-02', 'paid # of # on #'],
  ['See https://x.example/a?b=1 and www.y.example now @some.body', 'se <link> and <link> now <name>'],
  ['call ⟦phone⟧ or ⟦email⟧', 'cal <x> or <x>'],
  ['Don’t w\u200bo\u00adrk, ｆｕｌｌ', 'dont work ful'],
  ['сору раsте', 'copy paste'],
  ['é à ü ñ Й', 'e a u n и'],
  ['登录 失败。登录', '登录失败登录'],
  ['👍👍 ... !!', ''],
])('%s is folded to %s', (text, folded) => {
  expect(sayPlain(plainOf(text))).toBe(folded);
});

test('letters weigh, and those of Han weigh twice', () => {
  expect(plainOf('does not work 123').weight).toBe(11);
  expect(plainOf('无法登录').weight).toBe(8);
  expect(plainOf('无法登录').wide).toBe(true);
  expect(plainOf('a 😀 b').weight).toBe(2);
});

/** By sets of strings, as in a textbook: what the sketches have to agree with. */
function shinglesOf(text: string): Set<string> {
  const plain = plainOf(text);
  const folded = String.fromCharCode(...plain.codes.subarray(0, plain.length));
  const run = plain.wide ? 3 : 5;
  return new Set(Array.from({ length: Math.max(0, folded.length - run + 1) }, (_, i) => folded.slice(i, i + run)));
}
function bruteForce(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const one of a) if (b.has(one)) shared++;
  return a.size + b.size === 0 ? 0 : shared / (a.size + b.size - shared);
}
const kept = (text: string): Sketch => {
  const { hashes, shingles } = sketchOf(plainOf(text));
  return { hashes: hashes.slice(), shingles };
};

describe('the likeness of two sketches', () => {
  test('is exact while both are whole', () => {
    const random = chance(1);
    for (let i = 0; i < 300; i++) {
      const a = ownText(random, 8);
      const b = EDITS.synonym(EDITS.greeting(a, random), random);
      if (shinglesOf(a).size > 80 || shinglesOf(b).size > 80) continue;
      expect(likenessOf(kept(a), kept(b)).jaccard).toBeCloseTo(bruteForce(shinglesOf(a), shinglesOf(b)), 10);
    }
  });

  test('is estimated within .05 (one standard error) beyond that', () => {
    const random = chance(2);
    let squares = 0;
    const n = 300;
    for (let i = 0; i < n; i++) {
      const a = ownText(random, 60);
      let b = a;
      for (let edits = Math.floor(random() * 12); edits > 0; edits--) b = EDITS.synonym(b, random);
      squares += (likenessOf(kept(a), kept(b)).jaccard - bruteForce(shinglesOf(a), shinglesOf(b))) ** 2;
    }
    expect(Math.sqrt(squares / n)).toBeLessThan(0.05);
  });
});

/** 2,400 texts, a third of them copies of another with one to five edits, in the order in which they are said. */
function planted(seed: number): string[] {
  const random = chance(seed);
  const texts = Array.from({ length: 1_600 }, () => ownText(random));
  const edits = Object.values({ ...EDITS, ...DISGUISES });
  for (let i = 0; i < 800; i++) {
    let copy = texts[Math.floor(random() * 1_600)];
    for (let n = 1 + Math.floor(random() * 5); n > 0; n--)
      copy = edits[Math.floor(random() * edits.length)](copy, random);
    texts.push(copy);
  }
  return texts;
}

test('finds 95 % of what is .8 alike, flags little below .7 and nothing that is unrelated: against every pair', () => {
  const texts = planted(3).filter((text) => plainOf(text).weight >= 20);
  const sets: Set<string>[] = [];
  const saidBy = new Map<string, number[]>();
  const index = open();
  const tally = { alike: 0, found: 0, flagged: 0, wrongly: 0, unrelated: 0, unrelatedFlagged: 0 };
  for (const [i, text] of texts.entries()) {
    const set = shinglesOf(text);
    const shared = new Uint32Array(i); // with each text before it
    for (const shingle of set) {
      const before = saidBy.get(shingle) ?? [];
      for (const j of before) shared[j]++;
      saidBy.set(shingle, [...before, i]);
    }
    sets.push(set);
    const most = shared.reduce((best, n, j) => Math.max(best, n / (set.size + sets[j].size - n)), 0);
    const contained = shared.reduce((best, n, j) => Math.max(best, n / Math.min(set.size, sets[j].size)), 0);
    const copy = index.take(said(i, text));
    if (most >= 0.8) tally.alike++;
    if (most >= 0.8 && copy) tally.found++;
    if (copy) tally.flagged++;
    // beyond two and a half errors of the estimate
    if (copy && most < ALIKE - 0.12 && contained < 0.75) tally.wrongly++;
    if (most < 0.4) tally.unrelated++;
    if (most < 0.4 && copy) tally.unrelatedFlagged++;
  }
  expect(tally.alike).toBeGreaterThan(400);
  expect(tally.unrelated).toBeGreaterThan(1_000);
  expect(tally.found / tally.alike).toBeGreaterThanOrEqual(0.95);
  expect(tally.wrongly / tally.flagged).toBeLessThanOrEqual(0.01);
  expect(tally.unrelatedFlagged / tally.unrelated).toBeLessThanOrEqual(0.001);
}, 60_000);

test.each(Object.keys(DISGUISES))('%s do not hide a copy: it is found as the same text', (name) => {
  const random = chance(4);
  for (let i = 0; i < 200; i++) {
    const text = ownText(random, 12);
    const index = open(100);
    index.take(said(1, text));
    const copy = index.take(said(2, DISGUISES[name](text, random)));
    expect(copy, text).toEqual({ group: 's1', founded: true, exact: true, likeness: 1 });
  }
});

test.each(Object.keys(EDITS))('%s leaves a copy of 40 words a near copy', (name) => {
  const random = chance(5);
  const index = open();
  let found = 0;
  for (let i = 0; i < 200; i++) {
    const text = ownText(random, 40);
    index.take(said(2 * i, text));
    if (index.take(said(2 * i + 1, EDITS[name](text, random)))?.group === `s${2 * i}`) found++;
  }
  expect(found).toBeGreaterThanOrEqual(190);
});

test('a copied text with up to half as much added is found, in whichever order they come', () => {
  const random = chance(6);
  const index = open();
  let found = 0;
  for (let i = 0; i < 200; i++) {
    const text = ownText(random, 30);
    const added = `, ${EDITS.swapped(text, random)
      .replaceAll(/[eaоиان的]/gu, '')
      .slice(0, text.length / 2)}`;
    const both = [text, `${text} ${added}`];
    const [first, second] = i % 2 ? both : both.reverse();
    index.take(said(2 * i, first));
    if (index.take(said(2 * i + 1, second))) found++;
  }
  expect(found).toBeGreaterThanOrEqual(180);
});

test('a short text is compared word for word only', () => {
  const index = open();
  expect(index.take(said(1, 'Does not work'))).toBeNull();
  expect(index.take(said(2, 'does not work!'))).toMatchObject({ group: 's1', exact: true });
  expect(index.take(said(3, 'does not wort'))).toBeNull();
  expect(index.take(said(4, '👍'))).toBeNull();
  expect(index.take(said(5, '👍'))).toBeNull();
});

const LONG = 'my payout of last month never came and nobody of the support answers me';

test('a copy joins the group of what it is most like; the same words as the first are exact', () => {
  const index = open();
  index.take(said(1, LONG));
  expect(index.take(said(2, `${LONG} please`))).toMatchObject({ group: 's1', founded: true, exact: false });
  expect(index.take(said(3, LONG))).toMatchObject({ group: 's1', founded: false, exact: true });
  expect(index.take(said(4, `${LONG} please`))).toMatchObject({ group: 's1', exact: false, likeness: 1 });
});

test('a revision is no copy of what it revises, and what nobody says any more is forgotten', () => {
  const index = open();
  index.take(said(1, LONG));
  expect(index.take(said(2, LONG, { item: 'i1' }))).toBeNull();
  expect(index.take(said(3, `${LONG} please`, { item: 'i1' }))).toBeNull();
  expect(index.take(said(4, LONG))).toMatchObject({ group: 's3', exact: false }); // the words of s1 and s2 were taken back
});

test('what is older than the window or the time is not compared with', () => {
  const random = chance(7);
  const index = openCopyIndex({ window: 50, forMs: DAY });
  index.take(said(0, LONG, { at: 0 }));
  for (let i = 1; i < 50; i++) index.take(said(i, ownText(random), { at: 0 }));
  expect(index.take(said(50, LONG, { at: DAY }))).toMatchObject({ group: 's0' });
  for (let i = 51; i < 101; i++) index.take(said(i, ownText(random), { at: DAY }));
  expect(index.take(said(101, LONG, { at: DAY }))).toBeNull();
  expect(index.take(said(102, LONG, { at: 2 * DAY + 1 }))).toBeNull();
});

test.each([1, 2, 3])('rebuilt from the last texts it answers as if it had never stopped, seed %i', (seed) => {
  const random = chance(seed);
  const window = 120;
  const fresh = () => openCopyIndex({ window, forMs: 30 * DAY });
  const texts = Array.from({ length: 60 }, () => ownText(random, 4 + Math.floor(random() * 20)));
  const edits = Object.values({ ...EDITS, ...DISGUISES });
  const stream = Array.from({ length: 900 }, (_, i) => {
    const text = random() < 0.4 ? ownText(random) : texts[Math.floor(random() * texts.length)];
    const changed = random() < 0.5 ? text : edits[Math.floor(random() * edits.length)](text, random);
    return said(i, changed);
  });
  const steady = fresh();
  const truth = stream.map((one) => steady.take(one));
  const known = new Map<string, Pick<FoundCopy, 'group' | 'exact'>>();
  let index = fresh();
  for (const [i, one] of stream.entries()) {
    if (i % 70 === 69) {
      index = fresh();
      for (const old of stream.slice(Math.max(0, i - window), i)) index.recall(old, known.get(old.id) ?? null);
    }
    const copy = index.take(one);
    if (copy?.founded) known.set(copy.group, { group: copy.group, exact: true });
    if (copy) known.set(one.id, copy);
    expect(copy, String(i)).toEqual(truth[i]);
  }
  expect(truth.filter(Boolean).length).toBeGreaterThan(200);
});

test('equal prints mean equal texts', () => {
  const random = chance(8);
  const prints = new Map<number, string>();
  for (let i = 0; i < 20_000; i++) {
    const text = ownText(random, 5);
    const folded = sayPlain(plainOf(text));
    expect(prints.get(printOf(plainOf(text))) ?? folded).toBe(folded);
    prints.set(printOf(plainOf(text)), folded);
  }
});
