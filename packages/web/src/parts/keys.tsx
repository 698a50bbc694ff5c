/** The keyboard layer: one listener, bindings come and go with the screens, and it is silent inside fields and dialogs. */
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { keysOf, onKeysChange, ownKeys, type ShortcutName } from './shortcuts.ts';

interface KeyBinding {
  /** By it people change the keys or turn them off: no key is bound that they could not. */
  name: ShortcutName;
  /** Already in words: it is shown at the foot and in the list of all keys. */
  label: string;
  run: () => void;
  /** `screen` stands at the foot of the page, `everywhere` only in the list. */
  scope?: 'screen' | 'everywhere';
}

export interface Bound extends KeyBinding {
  /** One key (`j`, `Enter`, `?`) or a sequence of two with a space (`g h`), as this person has set it. */
  keys: string;
}

interface KeyLayer {
  bindings: readonly Bound[];
  on: boolean;
  turn: (on: boolean) => void;
}

interface KeyHands {
  add: (of: symbol, bindings: readonly KeyBinding[]) => void;
  remove: (of: symbol) => void;
}

const Layer = createContext<KeyLayer | null>(null);
/** For those who bind. It never changes: a screen that binds its keys is not drawn again because another bound its own. */
const Hands = createContext<KeyHands | null>(null);
/** A second key of a sequence must follow within this time, or the first is forgotten. */
const SEQUENCE_MS = 1200;
const CHOICE = 'groundswell.keys';

/** A box to tick takes no letters: whoever has just ticked one goes on with the keys of the list. */
const FIELDS =
  'input:not([type="checkbox"]), textarea, select, [contenteditable=""], [contenteditable="true"], [role="menu"], [role="listbox"]';

/** Whether a key press belongs to something else: a field, a dialog, a menu, the browser. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return true;
  const at = event.target instanceof Element ? event.target : null;
  if (at?.closest(FIELDS)) return true;
  if (event.key === 'Enter' && at?.closest('a, button, summary')) return true;
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

export function KeysProvider({ children }: { children: ReactNode }) {
  const [groups, setGroups] = useState<ReadonlyMap<symbol, readonly KeyBinding[]>>(new Map());
  const [on, setOn] = useState(() => localStorage.getItem(CHOICE) !== 'off');
  const [hands] = useState<KeyHands>(() => ({
    add: (of, bindings) => setGroups((old) => new Map(old).set(of, bindings)),
    remove: (of) => setGroups((old) => new Map([...old].filter(([key]) => key !== of))),
  }));
  const own = useSyncExternalStore(onKeysChange, ownKeys);
  const layer = useMemo<KeyLayer>(
    () => ({
      bindings: [...groups.values()].flat().flatMap((binding) => {
        const keys = keysOf(binding.name, own);
        return keys === '' ? [] : [{ ...binding, keys }];
      }),
      on,
      turn: (next) => {
        localStorage.setItem(CHOICE, next ? 'on' : 'off');
        setOn(next);
      },
    }),
    [groups, on, own],
  );
  useListener(layer);
  return (
    <Hands.Provider value={hands}>
      <Layer.Provider value={layer}>{children}</Layer.Provider>
    </Hands.Provider>
  );
}

/**
 * From press to press or from hearing to hearing, whichever is less: a page that draws a screen hears late, and neither who
 * goes on nor who waits until it is there has pressed too late.
 */
const sinceOf = (first: { pressedAt: number; heardAt: number }, second: KeyboardEvent): number =>
  Math.min(second.timeStamp - first.pressedAt, performance.now() - first.heardAt);

function useListener({ bindings, on }: KeyLayer) {
  const before = useRef<{ key: string; pressedAt: number; heardAt: number } | null>(null);
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const first = before.current && sinceOf(before.current, event) < SEQUENCE_MS ? before.current.key : null;
      before.current = null;
      // what a screen binds goes before what holds everywhere, whichever came first
      const find = (keys: string) =>
        bindings.findLast((binding) => binding.keys === keys && binding.scope !== 'everywhere') ??
        bindings.findLast((binding) => binding.keys === keys);
      const hit = (first && find(`${first} ${event.key}`)) || find(event.key);
      if (hit) {
        event.preventDefault();
        hit.run();
      } else if (bindings.some((binding) => binding.keys.startsWith(`${event.key} `))) {
        before.current = { key: event.key, pressedAt: event.timeStamp, heardAt: performance.now() };
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [bindings, on]);
}

export function useKeyLayer(): KeyLayer {
  const layer = useContext(Layer);
  if (!layer) throw new Error('useKeyLayer stands outside KeysProvider');
  return layer;
}

/** Binds keys while the caller is on screen. The handlers may change with every render; the list of keys is what counts. */
export function useKeys(bindings: readonly KeyBinding[]) {
  const hands = useContext(Hands);
  if (!hands) throw new Error('useKeys stands outside KeysProvider');
  const latest = useRef(bindings);
  latest.current = bindings;
  const shape = bindings.map((binding) => `${binding.name}=${binding.label}`).join('|');
  useEffect(() => {
    const of = Symbol(shape);
    const run = (at: number) => latest.current[at]?.run();
    hands.add(
      of,
      latest.current.map((binding, at) => ({ ...binding, run: () => run(at) })),
    );
    return () => hands.remove(of);
  }, [shape, hands]);
}
