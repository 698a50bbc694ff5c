/** A compartment as those see it who are in it. Pure. */
import { type CompartmentMember, type CompartmentView, KEEPERS_LEAST, Refusal } from '@groundswell/contract';

export interface Compartment {
  readonly name: string;
  readonly title: string;
  readonly purpose: string;
  readonly version: number;
  readonly members: CompartmentMember[];
  readonly held: { id: string; name: string; at: string }[];
}

/** Everybody is invited into it unless something else is said. */
const OPEN = 'open';

export const isClosed = (name: string): boolean => name !== OPEN;

/** Invented worlds name theirs by themselves. */
export function mustBeNameable(name: string): void {
  if (isClosed(name) && !name.startsWith('sample_')) return;
  throw nameTaken(name);
}

export const nameTaken = (name: string) =>
  new Refusal('compartment.name_taken', `"${name}" cannot be used. Choose another short name; nothing was made.`);

export function mustBeClosed(name: string): void {
  if (isClosed(name)) return;
  throw new Refusal(
    'compartment.open',
    'The open compartment stays as it is. Who is in it is said for each person; nothing was changed.',
  );
}

/** A change may leave fewer than two only where there were no more before. */
export function mustLeaveKeepers(before: number, after: number): void {
  if (after >= KEEPERS_LEAST || after >= before) return;
  throw new Refusal(
    'compartment.too_few_keepers',
    `A closed compartment needs ${KEEPERS_LEAST} people inside who may look after people, so that one can let the other in again. Nothing was changed: let another of them in first.`,
  );
}

export function mustBeginWithKeepers(count: number): void {
  if (count >= KEEPERS_LEAST) return;
  throw new Refusal(
    'compartment.too_few_keepers',
    `A closed compartment needs ${KEEPERS_LEAST} people inside who may look after people, so that one can let the other in again. Nothing was made: choose another of them as well.`,
  );
}

export const viewCompartment = (one: Compartment): CompartmentView => ({
  ...one,
  closed: isClosed(one.name),
  can: isClosed(one.name) ? ['change'] : [],
});
