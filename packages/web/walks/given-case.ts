/** A case with everything on it that a screen of cases can show: who asked, three kinds of words, a task, a link. */
import type { senderOf } from './stage.ts';

const DAY_MS = 86_400_000;

/** @param word stands wherever somebody would have written something; returns the address of the case's page */
export async function givenCase(post: Awaited<ReturnType<typeof senderOf>>, word: string): Promise<string> {
  const requester = { kind: 'creator_manager', name: word, ref: word };
  const people = [1, 2, 3, 4, 5, 6].map((n) => ({ person: `${word}-${n}` }));
  const first = { kind: 'escalation', title: word, ask: word, language: 'pt', region: 'BR', requester, people };
  const { id, reference, version } = await post('/api/cases', first);
  const other = await post('/api/cases', { kind: 'investigation', ask: word });
  const on = `/api/cases/${id}`;
  const triaged = await post(`${on}/moves`, { version, move: { type: 'triage' } });
  await post(`${on}/moves`, { version: triaged.version, move: { type: 'start' } });
  await post(`${on}/replies`, { text: word, language: 'pt' });
  await post(`${on}/messages`, { text: word });
  await post(`${on}/asks`, { partner: word, question: word, dueAt: new Date(Date.now() + DAY_MS).toISOString() });
  await post(`${on}/notes`, { text: word });
  await post(`${on}/tasks`, { text: word });
  await post(`${on}/links`, { case: other.id });
  return `/cases/${reference}`;
}
