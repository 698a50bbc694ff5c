/** Who looks at what: for those who may see it, for less than a minute. Pure. */
import type { Present } from '@groundswell/contract';

export interface Look {
  readonly personId: string;
  readonly issueId: string;
}

/** By issue, without whoever asks: one knows where one is oneself. */
export function othersAt(looks: readonly Look[], names: ReadonlyMap<string, string>, meId: string): Present[] {
  const byIssue = new Map<string, Present['people']>();
  for (const { personId, issueId } of looks) {
    const name = names.get(personId);
    if (personId === meId || name === undefined) continue;
    byIssue.set(issueId, [...(byIssue.get(issueId) ?? []), { id: personId, name }]);
  }
  return [...byIssue].map(([issueId, people]) => ({
    issueId,
    people: people.sort((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}
