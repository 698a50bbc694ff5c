/** `GS-2026-00042`, and `GS-LEGAL-2026-00003` outside `open`: numbers run per compartment and year, so a gap tells nobody of anything. Pure. */

export interface Numbered {
  readonly compartment: string;
  readonly year: number;
  readonly number: number;
}

export function referenceOf({ compartment, year, number }: Numbered): string {
  const within = compartment === 'open' ? '' : `${compartment.toUpperCase()}-`;
  return `GS-${within}${year}-${String(number).padStart(5, '0')}`;
}

export type CaseRef = { readonly id: string } | Numbered;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const REFERENCE = /^GS-(?:([a-z0-9_]+)-)?(\d{4})-(\d{1,9})$/i;

/** Null for what can be neither an id nor a reference. Zeros before the number may be left out. */
export function parseReference(word: string): CaseRef | null {
  if (ID.test(word)) return { id: word.toLowerCase() };
  const found = REFERENCE.exec(word);
  if (!found || Number(found[3]) === 0) return null;
  return { compartment: found[1]?.toLowerCase() ?? 'open', year: Number(found[2]), number: Number(found[3]) };
}
