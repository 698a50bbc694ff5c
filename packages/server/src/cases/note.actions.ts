/** Notes among colleagues, and drafts of whatever is being written. */
import { type CaseDraft, type DraftKind, NOTE_EDIT_MINUTES, Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import type { Tools } from '../platform/tools.ts';
import { watch } from './around.store.ts';
import { mustBePerson } from './case.actions.ts';
import { say } from './case.events.ts';
import { loadCase } from './case.store.ts';
import { type Draft, dropDraft, keepDraft } from './draft.store.ts';
import { holdNote, insertNote, type Note, saveNote } from './note.store.ts';

/** Whoever notes something watches the case from then on. A case that has ended may still be noted on. */
export async function writeNote(tools: Tools, actor: Actor, ref: string, text: string): Promise<Note> {
  mustHave(actor, 'case.note');
  mustBePerson(actor);
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const { id: caseId, compartment } = kase;
    const note = await insertNote(trx, { compartment, caseId, authorId: actor.id, text, at });
    await say({ trx, actor, at }, kase, { name: 'case.note_written', payload: { noteId: note.id } });
    await watch(trx, kase, actor.id, at);
    await dropDraft(trx, caseId, actor.id, 'note');
    return note;
  });
}

const EDIT_MS = NOTE_EDIT_MINUTES * 60_000;

export const isNoteOpenTo = (note: Note, personId: string, now: Date): boolean =>
  note.authorId === personId && note.deletedAt === null && now.getTime() - note.at.getTime() < EDIT_MS;

/** Null for the text deletes it: the words go, that there was a note stays. */
export async function changeNote(
  tools: Tools,
  actor: Actor,
  { ref, id }: { ref: string; id: string },
  text: string | null,
): Promise<Note> {
  mustHave(actor, 'case.note');
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const before = await holdNote(trx, kase.id, id);
    if (!before) throw new Refusal('case.part_not_found', 'There is no such note on this case.');
    if (!isNoteOpenTo(before, actor.id, at)) {
      throw new Refusal(
        'comment.time_over',
        `A note is changed or deleted by whoever wrote it, for ${NOTE_EDIT_MINUTES} minutes. It stays as it is; write another one.`,
      );
    }
    const after = text === null ? { ...before, text: '', deletedAt: at } : { ...before, text, editedAt: at };
    await saveNote(trx, after);
    const name = text === null ? 'case.note_deleted' : 'case.note_edited';
    await say({ trx, actor, at }, kase, { name, payload: { noteId: id } });
    return after;
  });
}

/** Nobody else is told of it, so no event tells of it. */
export async function saveDraft(
  tools: Tools,
  actor: Actor,
  { ref, kind }: { ref: string; kind: DraftKind },
  body: CaseDraft['body'] | null,
): Promise<Draft | null> {
  mustHave(actor, 'case.read');
  mustBePerson(actor);
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const draft = body && { kind, body, at };
    if (draft) await keepDraft(trx, kase, actor.id, draft);
    else await dropDraft(trx, kase.id, actor.id, kind);
    return draft;
  });
}
