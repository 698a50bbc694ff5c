/**
 * Made instances of the kind "ticket-like events with exposure": `node tools/bench/rootcause-made.ts DIR SEED [COUNT]`.
 * Our own generator with our own seeds, to tune on some and to report on others; the given public split is reported apart.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Dice } from './rootcause-dice.ts';

const DAY = 86_400;
const START = 1_767_225_600;
const DAYS = 14;
const VERSIONS = ['4.0.3', '4.1.0', '4.1.2', '4.2.0', '4.2.1', '4.2.5', '4.3.0', '4.3.1', '4.3.2'];
const WEB = ['web-118', 'web-119'];
const COUNTRIES = 'US IN BR DE GB FR JP MX ID ES IT CA PL TR NL KR AU AR SE PH VN CO EG ZA'.split(' ');
const FEATURES: Readonly<Record<string, string>> = {
  ...{ login: 'account', profile: 'account', feed: 'tech', search: 'tech', notifications: 'tech', upload: 'tech' },
  ...{ payments: 'billing', ads: 'billing', video: 'content', chat: 'trust' },
};
const QUEUES = ['tech', 'account', 'billing', 'content', 'trust', 'general'];
const PLANS = ['free', 'pro', 'enterprise'];
const NAMES = ['app_version', 'platform', 'country', 'feature', 'queue', 'plan'] as const;

type Row = readonly string[];
type Cause = Readonly<Record<string, string>>;

interface Place {
  readonly version: string;
  readonly platform: string;
  readonly country: string;
  base: number;
  current: number;
}

function placesOf(dice: Dice, withNew: boolean): Place[] {
  const countries = COUNTRIES.map((_, i) => Math.exp(dice.normal() * 0.4) / (i + 1));
  const places: Place[] = [];
  for (const [platform, share] of [
    ['ios', 0.34],
    ['android', 0.5],
    ['web', 0.16],
  ] as const) {
    const versions = platform === 'web' ? WEB : VERSIONS;
    const weights = versions.map((_, i) => Math.exp(dice.normal() * 0.5) * 1.45 ** i);
    const all = weights.reduce((a, b) => a + b, 0);
    versions.forEach((version, v) => {
      COUNTRIES.forEach((country, c) => {
        const users = 2e7 * share * (weights[v]! / all) * countries[c]! * Math.exp(dice.normal() * 0.3);
        places.push({ version, platform, country, base: Math.round(users), current: users / DAYS });
      });
    });
  }
  if (withNew) addNewVersion(places, dice.between(0.25, 0.6));
  return places;
}

function addNewVersion(places: Place[], moved: number): void {
  for (const place of places.filter(({ version }) => version === '4.3.2')) {
    places.push({ ...place, version: '4.4.0', base: 0, current: place.current * moved });
    place.current *= 1 - moved;
  }
}

const KINDS = [
  ...Array<string>(14).fill('single'),
  ...Array<string>(12).fill('multi'),
  ...Array<string>(6).fill('range'),
  ...Array<string>(8).fill('mixshift_cause'),
  ...Array<string>(6).fill('mixshift_none'),
  ...Array<string>(6).fill('even_none'),
  ...Array<string>(6).fill('tiny'),
  ...Array<string>(3).fill('newver_cause'),
  ...Array<string>(3).fill('newver_none'),
];

interface Made {
  readonly kind: string;
  /** ts and the six dimensions. */
  readonly rows: readonly (readonly [number, Row])[];
  readonly exposure: readonly Readonly<Place>[];
  readonly rootCauses: readonly Readonly<Record<string, string>>[];
}

interface Day {
  readonly factor: number;
  readonly of: (value: string) => number;
}

/** One instance. The window is the day after the fourteen of the baseline. */
function makeInstance(seed: number, kind: string): Made {
  const dice = new Dice(Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995);
  const lambda = kind === 'tiny' ? dice.pick([60, 90]) : dice.pick([150, 300, 700, 1400]);
  const cv = dice.pick([0, 0.05, 0.12]);
  const places = placesOf(dice, kind.startsWith('newver'));
  const growth = dice.between(0.95, 1.08);
  for (const place of places) place.current *= growth;
  if (kind.startsWith('mixshift')) shiftMix(dice, places);
  let hidden = 1;
  if (kind === 'even_none') {
    const times = dice.between(1.3, 2.2);
    if (dice.next() < 0.6) hidden = times;
    else for (const place of places) place.current *= times;
  }
  const features = Object.keys(FEATURES);
  const world = {
    features,
    featureWeights: features.map(() => Math.exp(dice.normal() * 0.7)),
    planWeights: [0.68, 0.24, 0.08].map((w) => w * Math.exp(dice.normal() * 0.15)),
  };
  const perUser = lambda / (places.reduce((sum, { base }) => sum + base, 0) / DAYS);
  const rows: [number, Row][] = [];
  const day = (): Day => {
    const factors = new Map<string, number>();
    return {
      factor: dice.gamma(cv),
      of: (value) => {
        if (!factors.has(value)) factors.set(value, dice.gamma(cv));
        return factors.get(value)!;
      },
    };
  };
  for (let d = 0; d < DAYS; d++) emit(dice, world, places, ({ base }) => (base / DAYS) * perUser, day(), d, rows);
  const today: [number, Row][] = [];
  emit(dice, world, places, ({ current }) => current * perUser * hidden, day(), DAYS, today);
  const rootCauses = kind.endsWith('none') ? [] : inject(dice, world, places, perUser, kind, today);
  rows.push(...today);
  const exposure = places.map((place) => ({ ...place, current: Math.round(place.current) }));
  return { kind, rows: rows.sort((a, b) => a[0] - b[0]), exposure, rootCauses };
}

function shiftMix(dice: Dice, places: Place[]): void {
  const what = dice.pick(['country', 'platform', 'rollout']);
  if (what === 'rollout') {
    for (const to of places.filter(({ version }) => version === '4.3.2')) {
      const from = places.find((p) => p.version === '4.3.1' && p.platform === to.platform && p.country === to.country)!;
      to.current += from.current * 0.6;
      from.current *= 0.4;
    }
    return;
  }
  const value = what === 'country' ? dice.pick(COUNTRIES.slice(0, 8)) : dice.pick(['ios', 'android', 'web']);
  const times = what === 'country' ? dice.between(1.6, 2.5) : dice.between(1.3, 1.6);
  for (const place of places) if (place.country === value || place.platform === value) place.current *= times;
}

interface Manner {
  readonly features: readonly string[];
  readonly featureWeights: readonly number[];
  readonly planWeights: readonly number[];
}

function emit(
  dice: Dice,
  world: Manner,
  places: readonly Place[],
  rate: (p: Place) => number,
  day: Day,
  d: number,
  into: [number, Row][],
) {
  const featureWeights = world.featureWeights.map((w, i) => w * day.of(world.features[i]!));
  const planWeights = world.planWeights.map((w, i) => w * day.of(PLANS[i]!));
  for (const place of places) {
    const mean = rate(place) * day.factor * day.of(place.country) * day.of(place.platform);
    for (let n = dice.poisson(mean); n > 0; n--)
      into.push(eventAt(dice, place, world.features, featureWeights, planWeights, d));
  }
}

function eventAt(
  dice: Dice,
  place: Place,
  features: readonly string[],
  f: readonly number[],
  p: readonly number[],
  d: number,
): [number, Row] {
  const feature = dice.weighted(features, f);
  const queue = dice.next() < 0.82 ? FEATURES[feature]! : dice.pick(QUEUES);
  const row = [place.version, place.platform, place.country, feature, queue, dice.weighted(PLANS, p)];
  return [START + d * DAY + dice.below(DAY), row];
}

const matches = (row: Row, cause: Cause): boolean =>
  NAMES.every((name, i) => !(name in cause) || cause[name] === row[i]);

function inject(
  dice: Dice,
  world: Manner,
  places: readonly Place[],
  perUser: number,
  kind: string,
  today: [number, Row][],
): Cause[] {
  const pool: Row[] = []; // what an ordinary day would bring, ten thousand times over
  const weights = places.map(({ current }) => current);
  for (let i = 0; i < 30_000; i++) {
    pool.push(
      eventAt(dice, dice.weighted(places, weights), world.features, world.featureWeights, world.planWeights, 0)[1],
    );
  }
  const expected = places.reduce((sum, { current }) => sum + current, 0) * perUser;
  const all: Cause[] = [];
  const wanted = kind === 'multi' ? 2 + dice.below(2) : kind === 'mixshift_cause' && dice.next() < 0.4 ? 2 : 1;
  for (let tries = 0; all.length < wanted || (kind === 'range' && all.length === 0); tries++) {
    const elements = kind === 'range' ? rangeCauses(dice) : [newCause(dice, kind, pool)];
    const matching = pool.filter((row) => elements.some((cause) => matches(row, cause)));
    const share = matching.length / pool.length;
    if (matching.length < 8 || share > 0.4 || (tries < 200 && expected * share < 1)) continue;
    if (all.some((other) => nested(other, elements[0]!))) continue;
    const usual = expected * share;
    const excess = Math.max(
      kind === 'range' ? 30 : 12,
      dice.between(0.85, 2.4) * usual,
      dice.between(6, 11) * Math.sqrt(usual),
    );
    for (let n = dice.poisson(excess); n > 0; n--) {
      today.push([START + DAYS * DAY + dice.below(DAY), dice.pick(matching)]);
    }
    all.push(...elements);
    if (kind === 'range') break;
  }
  return all;
}

const nested = (a: Cause, b: Cause): boolean => {
  const within = (x: Cause, y: Cause): boolean => Object.entries(x).every(([name, value]) => y[name] === value);
  return within(a, b) || within(b, a);
};

function newCause(dice: Dice, kind: string, pool: readonly Row[]): Cause {
  if (kind === 'newver_cause') {
    return dice.next() < 0.6
      ? { app_version: '4.4.0' }
      : { app_version: '4.4.0', platform: dice.pick(['ios', 'android']) };
  }
  const count = dice.weighted([1, 2, 3], [0.34, 0.49, 0.17]);
  const names = [...NAMES].sort(() => dice.next() - 0.5).slice(0, count);
  const row = dice.pick(pool);
  return Object.fromEntries(names.map((name) => [name, row[NAMES.indexOf(name)]!]));
}

function rangeCauses(dice: Dice): Cause[] {
  const from = dice.pick([6, 6, 7]);
  const beside: Record<string, string>[] = [
    { country: dice.pick(COUNTRIES.slice(0, 10)) },
    { platform: dice.pick(['ios', 'android']), feature: dice.pick(Object.keys(FEATURES)) },
    { platform: dice.pick(['ios', 'android']), country: dice.pick(COUNTRIES.slice(0, 6)) },
    { feature: dice.pick(Object.keys(FEATURES)) },
  ];
  const others = dice.pick(beside);
  return VERSIONS.slice(from).map((version) => ({ app_version: version, ...others }));
}

function write(directory: string, seed: number, count: number): void {
  mkdirSync(join(directory, 'T'), { recursive: true });
  const index: object[] = [];
  const labels: object[] = [];
  for (let i = 0; i < count; i++) {
    const made = makeInstance(seed * 1000 + i, KINDS[i % KINDS.length]!);
    const instance = `m${seed}-${String(i).padStart(3, '0')}`;
    const lines = (all: readonly (readonly (string | number)[])[]): Buffer =>
      gzipSync(`${all.map((r) => r.join(',')).join('\n')}\n`);
    const file = `T/${instance}.events.csv.gz`;
    const exposure = `T/${instance}.exposure.csv.gz`;
    writeFileSync(join(directory, file), lines([['ts', ...NAMES], ...made.rows.map(([ts, row]) => [ts, ...row])]));
    const header = ['platform', 'app_version', 'country', 'exposure_base', 'exposure_cur'];
    const users = made.exposure.map((p) => [p.platform, p.version, p.country, p.base, p.current]);
    writeFileSync(join(directory, exposure), lines([header, ...users]));
    const end = START + DAYS * DAY;
    const common = { dataset: 'T', instance, type: 'events', file, exposure, attributes: NAMES };
    index.push({ ...common, baseline: [START, end], window: [end, end + DAY] });
    labels.push({ dataset: 'T', instance, kind: made.kind, rootCauses: made.rootCauses });
  }
  writeFileSync(join(directory, 'index.jsonl'), `${index.map((l) => JSON.stringify(l)).join('\n')}\n`);
  writeFileSync(join(directory, 'labels.jsonl'), `${labels.map((l) => JSON.stringify(l)).join('\n')}\n`);
}

if (process.argv[1] === import.meta.filename) {
  const [directory, seed, count] = process.argv.slice(2);
  if (!directory || !seed) console.error('usage: node tools/bench/rootcause-made.ts DIR SEED [COUNT]');
  else write(directory, Number(seed), Number(count ?? KINDS.length));
}
