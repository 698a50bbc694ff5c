/**
 * Where this browser was lately, and what was pinned: paths only, never a title. What a thing is called is asked anew when
 * it is shown, so that nobody reads here what they may not see any more.
 */
import { worldHere } from './world.ts';

const KEPT = 20;
const PINNED = 20;

export interface Trail {
  readonly recent: readonly string[];
  readonly pinned: readonly string[];
}

const NOWHERE: Trail = { recent: [], pinned: [] };
const listeners = new Set<() => void>();
let known: { key: string; trail: Trail } | null = null;

/** Each sample has its own, and the house has its own. */
const keyHere = (): string => {
  const world = worldHere();
  return world === null ? 'groundswell.trail' : `groundswell.trail.${world}`;
};

export function trail(): Trail {
  const key = keyHere();
  if (known?.key !== key) known = { key, trail: read(key) };
  return known.trail;
}

const paths = (said: unknown, most: number): string[] =>
  Array.isArray(said)
    ? said.filter((one): one is string => typeof one === 'string' && /^\/(?!\/)/.test(one)).slice(0, most)
    : [];

function read(key: string): Trail {
  try {
    const said = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    return { recent: paths(said.recent, KEPT), pinned: paths(said.pinned, PINNED) };
  } catch {
    return NOWHERE;
  }
}

function keep(next: Trail): void {
  const key = keyHere();
  known = { key, trail: next };
  localStorage.setItem(key, JSON.stringify(next));
  for (const hear of listeners) hear();
}

export function onTrail(hear: () => void): () => void {
  listeners.add(hear);
  return () => void listeners.delete(hear);
}

export function noteVisit(path: string): void {
  const { recent, pinned } = trail();
  if (recent[0] === path) return;
  keep({ recent: [path, ...recent.filter((one) => one !== path)].slice(0, KEPT), pinned });
}

export function togglePin(path: string): void {
  const { recent, pinned } = trail();
  const without = pinned.filter((one) => one !== path);
  keep({ recent, pinned: without.length < pinned.length ? without : [...pinned, path].slice(-PINNED) });
}

/** Another person may sit here next. */
export function forgetTrails(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith('groundswell.trail')) localStorage.removeItem(key);
  known = null;
}
