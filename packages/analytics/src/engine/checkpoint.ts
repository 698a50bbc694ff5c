import { decode, encode } from './codec.ts';
import { indexOf } from './search.ts';
import type { Data, EngineState } from './state.ts';
import { resize, STRIDE, type Store } from './store.ts';

/** Raised whenever the stored shape or the meaning of a field changes: an older state is then built again from the log. */
const FORMAT = 5;

/**
 * The engine's memory as bytes. `loadState(saveState(s))` behaves exactly as `s`, for one build on one platform. Size:
 * 4 bytes per term of a remembered item (60–96 terms), its id, and the texts of the last days and of groups.
 *
 * @example
 * const bytes = saveState(state);
 */
export function saveState(state: EngineState): Uint8Array {
  return encode(['surge-engine', FORMAT, { ...state.data, store: packed(state.data.store) }]);
}

/**
 * @throws RangeError when the bytes are no saved state, are cut short, or are of another format version
 *
 * @example
 * const state = loadState(saveState(createEngine()));
 */
export function loadState(bytes: Uint8Array): EngineState {
  const data = decodeChecked(bytes);
  unpack(data.store);
  return { data, index: indexOf(data.store, data.common) };
}

/** Columns end with the last row in use, terms with the last of each row. */
function packed(store: Store): Store {
  const trimmed = { ...store };
  resize(trimmed, store.size);
  let end = 0;
  for (let slot = 0; slot < store.size; slot++) {
    const from = slot * STRIDE;
    trimmed.terms.copyWithin(end, from, from + store.length[slot]);
    end += store.length[slot];
  }
  trimmed.terms = trimmed.terms.subarray(0, end);
  return trimmed;
}

/** In place, from the last row to the first, so that nothing is overwritten before it is moved. */
function unpack(store: Store): void {
  let end = store.terms.length;
  resize(store, store.size);
  for (let slot = store.size - 1; slot >= 0; slot--) {
    const n = store.length[slot];
    end -= n;
    store.terms.copyWithin(slot * STRIDE, end, end + n);
  }
}

function decodeChecked(bytes: Uint8Array): Data {
  let stored: unknown;
  try {
    stored = decode(bytes);
  } catch (fault) {
    throw new RangeError('these bytes are no whole saved engine state', { cause: fault });
  }
  if (!Array.isArray(stored) || stored[0] !== 'surge-engine')
    throw new RangeError('these bytes are no saved engine state');
  if (stored[1] !== FORMAT) {
    throw new RangeError(
      `the state is of format ${stored[1]}, this engine reads format ${FORMAT}: build it again from the log`,
    );
  }
  return stored[2] as Data;
}
