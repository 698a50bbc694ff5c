/** What an export asks for, said as in the address of its list. Pure. */
import { Refusal } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { Listing } from './listing.ts';

/** As the address of the list would be read, its parameters included. */
export function asked(
  { endpoint }: Listing,
  said: Readonly<Record<string, string | readonly string[]>>,
  { openPart }: Pick<Actor, 'openPart'>,
): Record<string, unknown> {
  const meant: Record<string, unknown> = {};
  for (const shape of [endpoint.params, endpoint.query]) {
    const parsed = shape?.safeParse(said);
    if (parsed?.error) {
      const { path, message } = parsed.error.issues[0]!;
      throw new Refusal('request.invalid', `"${path.join('.')}" of the query: ${message}.`);
    }
    Object.assign(meant, parsed?.data);
  }
  // inside an invented world "open" is its open part, as for every request
  if (openPart !== undefined && meant.compartment === 'open') meant.compartment = openPart;
  return meant;
}
