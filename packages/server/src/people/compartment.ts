/** A compartment as those see it who are in it. Pure. */
import { type CompartmentMember, type CompartmentView, type Held, KEEPERS_LEAST, Refusal } from '@groundswell/contract';

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

/** One and many of each, as the refusal says them. */
const HELD_WORDS: Readonly<Record<Held['kind'], readonly [one: string, many: string]>> = {
  sources: ['source', 'sources'],
  signals: ['signal', 'signals'],
  imports: ['import', 'imports'],
  connectors: ['connected system', 'connected systems'],
  topics: ['topic', 'topics'],
  issues: ['issue', 'issues'],
  comments: ['comment', 'comments'],
  views: ['saved view', 'saved views'],
  tokens: ['token', 'tokens'],
  invitations: ['open invitation', 'open invitations'],
  changes: ['change', 'changes'],
  active_users: ['count of active users', 'counts of active users'],
  other: ['row of other work', 'rows of other work'],
};

export function mustBeEmpty(holds: readonly Held[]): void {
  if (holds.length === 0) return;
  const said = holds.map(({ kind, count }) => `${count} ${HELD_WORDS[kind][count === 1 ? 0 : 1]}`).join(', ');
  throw new Refusal(
    'compartment.not_empty',
    `This compartment still holds ${said}. Nothing was removed. Views can be removed, tokens revoked, invitations withdrawn and changes removed; sources, and what came by them, stay part of the record, and so does their compartment: let out whoever shall not see it any more.`,
    { holds: [...holds] },
  );
}

export const viewCompartment = (one: Compartment): CompartmentView => ({
  ...one,
  closed: isClosed(one.name),
  can: isClosed(one.name) ? ['change', 'remove'] : [],
});
