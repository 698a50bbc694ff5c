/** Something that was changed: a release, a flag, a policy, … and whom it reached. Pure. */
import { createHash } from 'node:crypto';
import { type ChangeKind, type ChangeView, NewChange } from '@groundswell/contract';
import { dimensionsOf, reasonOf, type Verdict } from './judged.ts';

export interface Change {
  readonly externalId: string;
  /** False when the id was made here. */
  readonly ownId: boolean;
  readonly at: Date;
  readonly until: Date | null;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly url: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly share: number | null;
}

const TIME = 'a time such as 2026-03-01T09:30:00Z, or a date such as 2026-03-01';
const WANTED = {
  id: "the sender's own id, as text of 1 to 200 characters, or leave it out",
  at: TIME,
  until: `${TIME}, or leave it out`,
  kind: 'one of: release, flag, policy, vendor, outage, other',
  title: 'one line of up to 200 characters',
  url: 'an address that begins with https:// or http://, or leave it out',
  dimensions: 'an object of names, each with text, a number, true or false',
  share: 'a number from 0 to 1, or leave it out',
};

export function readChangeRow(value: unknown): Verdict<Change> {
  const parsed = NewChange.safeParse(value);
  if (!parsed.success) return { reason: reasonOf(parsed.error, value, WANTED) };
  const { id, kind, title, url, share } = parsed.data;
  const at = new Date(parsed.data.at);
  const until = parsed.data.until === undefined ? null : new Date(parsed.data.until);
  if (Math.max(at.getUTCFullYear(), until?.getUTCFullYear() ?? 0) > 9999) {
    return { reason: '"at" or "until" is after the year 9999, which looks like a wrong date.' };
  }
  if (at.getUTCFullYear() < 2000) return { reason: '"at" is before the year 2000, which looks like a wrong date.' };
  if (until && until < at) return { reason: '"until" is before "at". Change one of them.' };
  const dimensions = dimensionsOf(parsed.data.dimensions);
  if ('reason' in dimensions) return dimensions;
  const change = { at, until, kind, title, url: url ?? null, share: share ?? null, dimensions: dimensions.value };
  return { value: { ...change, externalId: id ?? idOf(at, kind, title), ownId: id !== undefined } };
}

/** Two that say the same of the same moment are one: so sending a file twice adds nothing. */
function idOf(at: Date, kind: ChangeKind, title: string): string {
  const said = JSON.stringify([at.toISOString(), kind, title]);
  return `change-${createHash('sha256').update(said).digest('hex').slice(0, 40)}`;
}

export interface KeptChange extends Change {
  readonly id: string;
  readonly by: string;
  readonly withdrawnAt: Date | null;
}

export const viewChange = ({ externalId, ownId, ...change }: KeptChange): ChangeView => ({
  ...change,
  dimensions: { ...change.dimensions },
  externalId: ownId ? externalId : null,
  at: change.at.toISOString(),
  until: change.until?.toISOString() ?? null,
  withdrawnAt: change.withdrawnAt?.toISOString() ?? null,
});
