/** Somebody who works here, as those see them who look after people. Pure. */
import { type PersonMove, type PersonView, Refusal } from '@groundswell/contract';
import { isBeyond } from '../access/index.ts';

export interface Person {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  /** Everything that their roles allow together. */
  readonly can: readonly string[];
  /** Only those of whoever asked. */
  readonly compartments: readonly string[];
  /** Whether there are no others. */
  readonly sharesAll: boolean;
  readonly teams: readonly string[];
  readonly createdAt: Date;
  readonly seenAt: Date | null;
  readonly openSessions: number;
  readonly deactivatedAt: Date | null;
}

interface Asker {
  readonly id: string;
  readonly can: ReadonlySet<string>;
}

/** The rule that the actions enforce, said beforehand: no button lies. */
function movesFor(person: Person, asker: Asker): PersonMove[] {
  if (isBeyond(asker.can, person.can)) return [];
  if (person.deactivatedAt) return person.sharesAll ? ['reactivate'] : [];
  if (person.id === asker.id) return ['change'];
  return ['change', 'reset_password', ...(person.openSessions > 0 ? (['end_sessions'] as const) : []), 'deactivate'];
}

export function mustBeSomebodyElse(personId: string, asker: { id: string }): void {
  if (personId !== asker.id) return;
  throw new Refusal('person.self', 'You cannot do this to yourself. Ask another admin.');
}

export function mustBeActive({ deactivatedAt }: Person): void {
  if (!deactivatedAt) return;
  throw new Refusal('person.wrong_state', 'This person is deactivated. Let them back in first.');
}

/** Compartments that the caller is not in are spoken of as if there were none. */
export function mustBeInside(mine: readonly string[], compartments: readonly string[]): void {
  const unknown = compartments.find((one) => !mine.includes(one));
  if (unknown === undefined) return;
  throw new Refusal(
    'compartment.not_found',
    `There is no compartment "${unknown}" that you are in. Nothing was changed.`,
  );
}

export function viewPerson(of: Person, asker: Asker): PersonView {
  const { can: _, sharesAll: __, ...person } = of;
  return {
    ...person,
    roles: [...person.roles],
    compartments: [...person.compartments],
    teams: [...person.teams],
    createdAt: person.createdAt.toISOString(),
    seenAt: person.seenAt?.toISOString() ?? null,
    deactivatedAt: person.deactivatedAt?.toISOString() ?? null,
    can: movesFor(of, asker),
  };
}
