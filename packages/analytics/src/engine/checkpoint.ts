import { decode, encode } from './codec.ts';
import { indexOf } from './search.ts';
import type { Data, EngineState } from './state.ts';

/** Raised whenever the stored shape or the meaning of a field changes: an older state is then built again from the log. */
const FORMAT = 1;

/**
 * The engine's memory as bytes. `loadState(saveState(s))` behaves exactly as `s`, for one build on one platform.
 *
 * @example
 * const bytes = saveState(state);
 */
export function saveState(state: EngineState): Uint8Array {
  return encode(['surge-engine', FORMAT, state.data]);
}

/**
 * @throws RangeError when the bytes are no saved state, are cut short, or are of another format version
 *
 * @example
 * const state = loadState(saveState(createEngine()));
 */
export function loadState(bytes: Uint8Array): EngineState {
  const data = decodeChecked(bytes);
  return { data, index: indexOf(data.store, data.common) };
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
