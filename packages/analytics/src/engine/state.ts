import { BUCKETS } from '../text/features.ts';
import type { ExpectedShare } from './entry.ts';
import { type Index, indexOf } from './search.ts';
import { emptyStore, type Store } from './store.ts';

/** Chosen once for a stream; `settings` entries change the budget later. */
export interface EngineOptions {
  /** Any integer: which past items are let go when memory is full depends on it, and the ids of groups. */
  readonly seed?: number;
  /** How many false alerts a week are acceptable, > 0. Default 1. */
  readonly falseAlertsPerWeek?: number;
  /** Nats added to the calibrated threshold, from `calibrate`. Default 0. */
  readonly shift?: number;
  /** True for a run over the past in time order: everything may raise. False when live: late items raise nothing. */
  readonly historical?: boolean;
}

/** An excursion of a group above its expected share, open until the group is quiet again. */
export interface Surge {
  readonly id: string;
  readonly pattern: 'new' | 'growing';
  readonly onsetAt: number;
  readonly onsetPosition: number;
  readonly slice: Readonly<Record<string, string>> | null;
  /** Radius of the neighbourhood in which it was seen (cosine). */
  readonly radius: number;
  items: string[];
  /** Keys of author and day already counted. */
  readonly voices: Set<number>;
  logEvidence: number;
  threshold: number;
  lastGrowthAt: number;
  /** Members when last reported: updates are thinned out. */
  reported: number;
}

export interface Group {
  readonly id: string;
  /** Index of the group it was merged into, or −1. */
  into: number;
  label: string;
  phrases: string[];
  medoid: string;
  firstAt: number;
  lastAt: number;
  members: number;
  /** Texts that its name is made of; 0 when it has to be named again. */
  named: number;
  /** Ids of the first items of its first surge: what it is about, whatever joined it later. */
  core: string[];
  /** Engine time when a surge of it was last told; −Infinity before the first. */
  toldAt: number;
  expected: ExpectedShare;
  /** Share of the stream above which a dismissed group speaks again, or 0. */
  quietBelow: number;
  surge: Surge | null;
  /** The surge that it brought into a merge, as it was then. */
  brought: Surge | null;
}

/** Everything that is kept: plain values only, so that a checkpoint is a copy of it. */
export interface Data {
  seed: number;
  random: number;
  falseAlertsPerWeek: number;
  /** Nats that a replay has added to the threshold. */
  shift: number;
  historical: boolean;
  /** Engine time: the largest event time seen, ms; −Infinity before the first item. */
  now: number;
  /** Items that counted as evidence so far: the clock of the evidence. */
  position: number;
  /** Decayed number of items, and when it was last decayed: gives items per week. */
  pace: { items: number; at: number; from: number };
  /** Texts holding a term = df × unit; see `vocabulary.ts`. */
  vocabulary: { df: Float32Array; unit: number; items: number; day: number; nextWeighing: number; seen: number };
  /** Stems in more than 8 % of the items: learnt stop words, left out of the search index. */
  common: Set<number>;
  store: Store;
  /** Slots of the items of the last days in order of arrival; `head` is the oldest. */
  ring: { slots: number[]; head: number };
  /** Slots of remembered items before that, and the decayed sum of their weights at `at`. */
  past: { slots: number[]; weight: number; at: number };
  groups: Group[];
  /** Indices of the groups with an open surge. */
  open: number[];
  groupOf: Map<string, number>;
  dimensions: {
    ids: Map<string, number>;
    names: string[];
    values: string[];
    sizes: Map<string, number>;
    recent: number[];
  };
  exposure: Map<number, number>;
  /** Slots of items that people have put where they are. */
  placed: Set<number>;
  /** Pairs of groups (indices) that people have put apart: the engine does not join them. */
  apart: [number, number][];
}

/** The engine's memory. Opaque to callers: hand it to `step`, `saveState`. */
export interface EngineState {
  readonly data: Data;
  /** Derived from `data`, rebuilt on load. */
  readonly index: Index;
}

/**
 * A new engine that has seen nothing.
 *
 * @throws RangeError when falseAlertsPerWeek is not above 0
 *
 * @example
 * const state = createEngine({ falseAlertsPerWeek: 0.5 });
 */
export function createEngine(options: EngineOptions = {}): EngineState {
  const { seed = 1, falseAlertsPerWeek = 1, historical = false, shift = 0 } = options;
  checkBudget(falseAlertsPerWeek);
  checkShift(shift);
  const data: Data = {
    seed,
    random: seed | 0 || 1,
    falseAlertsPerWeek,
    shift,
    historical,
    now: -Infinity,
    position: 0,
    pace: { items: 0, at: 0, from: 0 },
    vocabulary: { df: new Float32Array(BUCKETS), unit: 1, items: 0, day: 0, nextWeighing: 32, seen: 0 },
    common: new Set(),
    store: emptyStore(),
    ring: { slots: [], head: 0 },
    past: { slots: [], weight: 0, at: 0 },
    groups: [],
    open: [],
    groupOf: new Map(),
    dimensions: { ids: new Map(), names: [], values: [], sizes: new Map(), recent: [] },
    exposure: new Map(),
    placed: new Set(),
    apart: [],
  };
  return { data, index: indexOf(data.store, data.common) };
}

/** @throws RangeError unless the budget of false alerts is a finite number above 0 */
export function checkBudget(falseAlertsPerWeek: number): void {
  if (!(falseAlertsPerWeek > 0 && falseAlertsPerWeek < Infinity)) {
    throw new RangeError(`falseAlertsPerWeek must be a finite number above 0, got ${falseAlertsPerWeek}`);
  }
}

/** @throws RangeError unless the shift is a finite number */
export function checkShift(shift: number): void {
  if (!Number.isFinite(shift)) throw new RangeError(`shift must be a finite number of nats, got ${shift}`);
}

/** Next pseudo-random integer in [0, below): xorshift32 (Marsaglia 2003) on the stored word. */
export function draw(data: Data, below: number): number {
  let x = data.random;
  x ^= x << 13;
  x ^= x >>> 17;
  x ^= x << 5;
  data.random = x | 0;
  return (x >>> 0) % below;
}
