/** What may be said in a comment, and how long it may be changed. Pure. */
import { COMMENT_EDIT_MINUTES, Refusal } from '@groundswell/contract';

export interface Reader {
  readonly id: string;
  readonly name: string;
}

export interface Comment {
  readonly id: string;
  readonly compartment: string;
  readonly issueId: string;
  readonly authorId: string;
  readonly text: string;
  readonly at: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

const EDIT_MS = COMMENT_EDIT_MINUTES * 60_000;

export const isOpenTo = (comment: Comment, personId: string, now: Date): boolean =>
  comment.authorId === personId && comment.deletedAt === null && now.getTime() - comment.at.getTime() < EDIT_MS;

export function mustBeOpenTo(comment: Comment, personId: string, now: Date): void {
  if (isOpenTo(comment, personId, now)) return;
  throw new Refusal(
    'comment.time_over',
    comment.authorId === personId
      ? `A comment can be changed or deleted for ${COMMENT_EDIT_MINUTES} minutes. It stays as it is; write another one.`
      : 'A comment is changed or deleted by whoever wrote it. It stays as it is.',
  );
}

/** Those who are told: each may see the issue, and is named in the text. */
export function namedIn(text: string, mentions: readonly string[], readers: readonly Reader[]): string[] {
  const known = new Map(readers.map((reader) => [reader.id, reader]));
  const said = text.toLocaleLowerCase();
  for (const id of mentions) {
    const reader = known.get(id);
    if (reader && said.includes(`@${reader.name.toLocaleLowerCase()}`)) continue;
    throw new Refusal(
      'comment.unknown_name',
      reader
        ? 'Somebody who is to be told is not named in the text. Name them with an @, or leave them out. Nothing was kept.'
        : 'Somebody who is named here may not see this issue, so they cannot be told of it. Nothing was kept.',
    );
  }
  return [...new Set(mentions)];
}
