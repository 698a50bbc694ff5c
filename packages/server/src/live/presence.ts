/** Who looks at what: for those who may see it, for less than a minute. Pure. */
import type { Present, PresentAtCase } from '@groundswell/contract';

export interface Look {
  readonly personId: string;
  readonly kind: 'issue' | 'case';
  /** Of the issue or of the case. */
  readonly id: string;
}

export interface Here {
  readonly issues: Present[];
  readonly cases: PresentAtCase[];
}

/** By issue and by case, without whoever asks: one knows where one is oneself. */
export function othersAt(looks: readonly Look[], names: ReadonlyMap<string, string>, meId: string): Here {
  const at = (kind: Look['kind']) =>
    byThing(
      looks.filter((look) => look.kind === kind && look.personId !== meId),
      names,
    );
  return {
    issues: at('issue').map(({ id, people }) => ({ issueId: id, people })),
    cases: at('case').map(({ id, people }) => ({ caseId: id, people })),
  };
}

function byThing(
  looks: readonly Look[],
  names: ReadonlyMap<string, string>,
): { id: string; people: Present['people'] }[] {
  const found = new Map<string, Present['people']>();
  for (const { personId, id } of looks) {
    const name = names.get(personId);
    if (name !== undefined) found.set(id, [...(found.get(id) ?? []), { id: personId, name }]);
  }
  return [...found].map(([id, people]) => ({ id, people: people.sort((a, b) => (a.name < b.name ? -1 : 1)) }));
}
