/** A change as it is being typed, and what is sent of it. */
import type { ChangeKind, NewChange } from '@groundswell/contract';
import { momentOfField, toField } from '../../parts/time-range.ts';
import { readDimensionLines } from './dimension-lines.ts';

/** Everything is text until it is sent. */
export interface ChangeDraft {
  kind: ChangeKind;
  title: string;
  at: string;
  until: string;
  url: string;
  /** In percent. */
  share: string;
  /** A dimension a line. */
  reach: string;
}

export const freshDraft = (now: Date): ChangeDraft => ({
  kind: 'release',
  title: '',
  at: toField(now.toISOString()),
  until: '',
  url: '',
  share: '',
  reach: '',
});

/** The fields that cannot be read as what they should be. */
export function unreadableIn({ at, until, reach }: ChangeDraft) {
  return {
    at: momentOfField(at) === null,
    until: until.trim() !== '' && momentOfField(until) === null,
    reach: readDimensionLines(reach) === null,
  };
}

/** Null while something cannot be read. What was left empty is left out. */
export function changeOf(draft: ChangeDraft): NewChange | null {
  const [at, until, dimensions] = [
    momentOfField(draft.at),
    momentOfField(draft.until),
    readDimensionLines(draft.reach),
  ];
  if (at === null || dimensions === null || (draft.until.trim() !== '' && until === null)) return null;
  return {
    kind: draft.kind,
    title: draft.title.trim(),
    at: at.toISOString(),
    dimensions,
    ...(until && { until: until.toISOString() }),
    ...(draft.url.trim() && { url: draft.url.trim() }),
    ...(draft.share !== '' && { share: Number(draft.share) / 100 }),
  };
}
