/** What was said of a case, in the order in which it was said; and what still stands open in a text. Pure. */
import type { CaseAsk, CaseDetail, CaseMessage, CaseNote } from '@groundswell/contract';

export type Said =
  | { readonly kind: 'message'; readonly at: string; readonly one: CaseMessage }
  | { readonly kind: 'ask'; readonly at: string; readonly one: CaseAsk }
  | { readonly kind: 'note'; readonly at: string; readonly one: CaseNote };
export type SaidKind = Said['kind'];

/** Oldest first: the last word stands beside the form. What was taken back before it left was never said. */
export function saidOf({ messages, asks, notes }: Pick<CaseDetail, 'messages' | 'asks' | 'notes'>): readonly Said[] {
  const all: Said[] = [
    ...messages.map((one) => ({ kind: 'message' as const, at: one.at, one })),
    ...asks.map((one) => ({ kind: 'ask' as const, at: one.at, one })),
    ...notes.map((one) => ({ kind: 'note' as const, at: one.at, one })),
  ];
  return all
    .filter(({ one }) => !('state' in one) || one.state !== 'cancelled')
    .sort((a, b) => a.at.localeCompare(b.at));
}

export interface Blank {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const BLANK = /\{\{\s*([a-z][a-z0-9_]{0,59})\s*\}\}/g;

/**
 * The blanks of a template that nobody has filled in yet, in their order.
 * @example
 * blanksIn('Hello {{name}}'); // [{ name: 'name', from: 6, to: 14 }]
 */
export function blanksIn(text: string): readonly Blank[] {
  return [...text.matchAll(BLANK)].map((found) => ({
    name: found[1]!,
    from: found.index,
    to: found.index + found[0].length,
  }));
}

/** Two braces that are no blank any more, but would leave the house as they stand. */
export const hasBrokenBraces = (text: string): boolean => /\{\{|\}\}/.test(text.replaceAll(BLANK, ''));

/** What the server does not know of this case stays a blank in sight, instead of being refused. */
export function openValues(
  variables: readonly string[],
  kase: Pick<CaseDetail, 'owner' | 'language' | 'region'>,
): Record<string, string> {
  const known: Readonly<Record<string, boolean>> = {
    reference: true,
    opened: true,
    owner: kase.owner !== null,
    language: kase.language !== null,
    region: kase.region !== null,
  };
  return Object.fromEntries(variables.filter((name) => !known[name]).map((name) => [name, `{{${name}}}`]));
}

/** A case that ended without a title is called by its codes. */
export const codeOf = ({ harm, support }: Pick<CaseDetail, 'harm' | 'support'>): string | null =>
  harm !== null ? `harm.${harm}` : support !== null ? `caseMark.support.${support}` : null;
