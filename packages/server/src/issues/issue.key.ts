/** `IS-12`, and `IS-LEGAL-3` outside `open`: numbers run per compartment, so a gap tells nobody of anything. Pure. */

export function keyOf({ compartment, number }: { compartment: string; number: number }): string {
  return compartment === 'open' ? `IS-${number}` : `IS-${compartment.toUpperCase()}-${number}`;
}

export type IssueRef = { readonly id: string } | { readonly compartment: string; readonly number: number };

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const KEY = /^IS-(?:([a-z0-9_]+)-)?([1-9][0-9]{0,8})$/i;

/** Null for what can be neither an id nor a key. */
export function parseRef(word: string): IssueRef | null {
  if (ID.test(word)) return { id: word.toLowerCase() };
  const key = KEY.exec(word);
  if (!key) return null;
  return { compartment: key[1]?.toLowerCase() ?? 'open', number: Number(key[2]) };
}
