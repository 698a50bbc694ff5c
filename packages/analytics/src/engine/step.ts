import { dismiss, fold, setBudget, withdraw } from './commands.ts';
import type { Entry, Output } from './entry.ts';
import { takeIn } from './intake.ts';
import { join, part, place, takeOut } from './regroup.ts';
import type { EngineState } from './state.ts';

const MOST_DAYS = 800;

/**
 * Takes one entry of the log into the engine's memory and says what follows from it. Deterministic: the same entries
 * give the same outputs, however the items were cut into entries. Reads no clock; changes `state` in place.
 *
 * @throws RangeError on a settings entry outside its range, or a basis of another format
 *
 * @example
 * const outputs = step(createEngine(), { position: 1, kind: 'items', items: [] }); // []
 */
export function step(state: EngineState, entry: Entry): Output[] {
  const out: Output[] = [];
  switch (entry.kind) {
    case 'items':
      for (const item of entry.items) takeIn(state, item, out);
      break;
    case 'merge':
      join(state, entry.from, entry.into, out);
      break;
    case 'split':
      takeOut(state, entry, out);
      break;
    case 'part':
      part(state, entry.group, out);
      break;
    case 'move':
      place(state, entry, out);
      break;
    case 'dismiss':
      dismiss(state, entry.group);
      break;
    case 'settings':
      setBudget(state.data, entry);
      break;
    case 'exposure':
      expose(state, entry.day, entry.active);
      break;
    case 'withdraw':
      withdraw(state, entry.items, out);
      break;
    case 'basis':
      fold(state, entry.basis, out);
      break;
  }
  return out;
}

function expose(state: EngineState, day: number, active: number): void {
  const { exposure } = state.data;
  exposure.set(day, active);
  if (exposure.size > MOST_DAYS) exposure.delete(Math.min(...exposure.keys()));
}
