/**
 * Speed and memory of the detection engine with a full memory: node tools/bench/engine.ts [items …]
 *
 * Texts come from a seeded grammar, so that everybody measures the same. The stream is fast (40,000 items a day), which
 * makes the last three days alone larger than the memory: the hardest case. Each size runs in its own process.
 */
import { spawnSync } from 'node:child_process';
import { createEngine, type Item, loadState, saveState, step } from '../../packages/analytics/src/index.ts';

const DAY = 86_400_000;
const PER_DAY = 40_000;

function sequence(seed: number): () => number {
  let word = seed >>> 0;
  return () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return word / 2 ** 32;
  };
}

/** 20,000 made words whose use falls off as in a language (Zipf), and 400 subjects of eight words each. */
function grammar(random: () => number): () => string {
  const syllables = [
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
    'a',
    'e',
    'shi',
    'bra',
    'nu',
    'tes',
  ];
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const words = Array.from(
    { length: 20_000 },
    () => pick(syllables) + pick(syllables) + pick(syllables) + pick(syllables),
  );
  const zipf = () => words[Math.floor(words.length ** random()) - 1]!;
  const subjects = Array.from({ length: 400 }, () => Array.from({ length: 8 }, () => pick(words)));
  return () => {
    const subject = pick(subjects);
    return Array.from({ length: 6 + Math.floor(random() * 14) }, () => (random() < 0.35 ? pick(subject) : zipf())).join(
      ' ',
    );
  };
}

function measure(size: number): void {
  const random = sequence(11);
  const text = grammar(random);
  const item = (i: number): Item => ({
    id: `item-${i}`,
    at: Date.UTC(2026, 0, 5) + (i * DAY) / PER_DAY,
    text: text(),
    author: `author-${Math.floor(random() * 1e6)}`,
    rating: null,
    dimensions: { platform: random() < 0.5 ? 'ios' : 'android', version: `7.${Math.floor(random() * 4)}` },
    replaces: null,
  });
  const state = createEngine({ historical: true });
  let surges = 0;
  let spent = 0;
  const block = Math.min(size, 5000); // the speed reported is that of the last block: with the memory as full as it gets
  for (let done = 0; done < size; done += block) {
    const items = Array.from({ length: block }, (_, i) => item(done + i));
    const start = process.cpuUsage();
    const out = step(state, { position: done, kind: 'items', items });
    const used = process.cpuUsage(start);
    spent = (used.user + used.system) / 1000; // processor time: a busy machine does not change it
    surges += out.filter((o) => o.kind === 'surge' && !o.update).length;
  }
  const rss = process.resourceUsage().maxRSS / 1024;
  const start = performance.now();
  const bytes = saveState(state);
  const saved = performance.now();
  loadState(bytes);
  const loaded = performance.now();
  const cells = [
    size,
    Math.round((block / spent) * 1000),
    rss.toFixed(0),
    bytes.length,
    (saved - start).toFixed(0),
    (loaded - saved).toFixed(0),
    surges,
  ];
  console.log(cells.map((cell) => String(cell).padStart(11)).join(' '));
}

const only = process.env.ENGINE_BENCH_SIZE;
if (only) measure(Number(only));
else {
  const heads = ['items', 'items/s', 'peak MB', 'saved bytes', 'save ms', 'load ms', 'surges'];
  console.log(heads.map((head) => head.padStart(11)).join(' '));
  const sizes = process.argv.slice(2).map(Number);
  for (const size of sizes.length > 0 ? sizes : [10_000, 100_000, 200_000]) {
    const env = { ...process.env, ENGINE_BENCH_SIZE: String(size) };
    spawnSync(process.execPath, [import.meta.filename], { env, stdio: 'inherit' });
  }
}
