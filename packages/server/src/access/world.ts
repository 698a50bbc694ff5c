/** Being inside an invented world: its compartments instead of one's own, and only what makes sense there. Pure. */
import { type Capability, listenLive, Refusal, WORLD_HEADER } from '@groundswell/contract';
import type { Actor } from './actor.ts';

declare module '../platform/actor.ts' {
  interface Actor {
    /** The number of the world that this is done in; left out in the house itself. */
    readonly world?: number;
  }
}

/** What is done to people, sources, tokens and connectors is done to the house, wherever one stands. */
const INSIDE: ReadonlySet<string> = new Set<Capability>([
  'source.read',
  'signal.read',
  'issue.read',
  'issue.decide',
  'engine.configure',
]);

/** Sessions and worlds themselves belong to the house, wherever they are asked from. */
const OF_THE_HOUSE = /^\/api\/(worlds|session)(\/|$)/;

/** Which world a request is made in; null for the house. Where a browser can send no header, the address says it. */
export function worldAsked(
  headers: Readonly<Record<string, unknown>>,
  path: string,
  query: unknown = undefined,
): number | null {
  const { world } = ((path === listenLive.path ? query : undefined) as { world?: unknown } | undefined) ?? {};
  if (world !== undefined && headers[WORLD_HEADER] === undefined) return numberIn({ [WORLD_HEADER]: world });
  return OF_THE_HOUSE.test(path) ? null : numberIn(headers);
}

/** As it stands in the header, whatever is asked for. */
export function numberIn(headers: Readonly<Record<string, unknown>>): number | null {
  const said = headers[WORLD_HEADER];
  if (said === undefined) return null;
  if (typeof said === 'string' && /^[1-9][0-9]{0,8}$/.test(said)) return Number(said);
  throw new Refusal('request.invalid', `The header "${WORLD_HEADER}" is the number of a sample, such as 3.`);
}

/** A token sends to its own source, which is in no world. Were the header left unread, it would send there instead. */
export function mustBeInHouse(headers: Readonly<Record<string, unknown>>): void {
  if (headers[WORLD_HEADER] === undefined) return;
  throw new Refusal(
    'access.not_allowed',
    `A token cannot enter a sample. Nothing of this request was kept. Leave out the header "${WORLD_HEADER}".`,
  );
}

/** @param compartments those that the world leads to, its open part first */
export function inside(actor: Actor, world: number, compartments: readonly string[]): Actor {
  if (compartments.length === 0) {
    throw new Refusal(
      'world.not_found',
      'This sample is not there any more. Go back to your own work, or open another.',
    );
  }
  const can = new Set([...actor.can].filter((one) => INSIDE.has(one)));
  return { ...actor, world, compartments, openPart: compartments[0]!, can };
}
