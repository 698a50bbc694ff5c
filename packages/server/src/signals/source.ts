/** A source, as whoever sends to it names it. Pure. */
import { Refusal } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';

/** A token has its own; a person says which. */
export function sourceFor({ sourceId }: Actor, said: string | undefined): string {
  const id = said ?? sourceId;
  if (id !== undefined) return id;
  throw new Refusal(
    'request.invalid',
    'It was not said which source these signals come from. Add ?source= and its id.',
  );
}
