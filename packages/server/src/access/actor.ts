/** Who acts, and whether they may. Code asks for a capability, never for a role. */
import { type Capability, Refusal } from '@groundswell/contract';
import type { Actor } from '../platform/actor.ts';

export type { Actor } from '../platform/actor.ts';

declare module '../platform/actor.ts' {
  interface Actor {
    /** Left out only before sign-in. */
    readonly kind?: 'person' | 'token' | 'system';
    /** A token's one source: it may neither send to another nor look at one. */
    readonly sourceId?: string;
    /** A token that reads: it is heard nowhere else. */
    readonly reads?: boolean;
    /** A person's: the one by which they ask. */
    readonly sessionId?: string;
  }
}

export function mustHave(actor: Actor, capability: Capability): void {
  if (actor.can.has(capability)) return;
  throw new Refusal('access.not_allowed', `You are not allowed to do this: it needs the right "${capability}".`, {
    right: capability,
  });
}

/** People, roles and sessions belong to the house: nothing about them is done from inside an invented world. */
export function mustBeAtHome(actor: Actor): void {
  if (actor.world === undefined && actor.kind === 'person') return;
  throw new Refusal('access.not_allowed', 'This is not done from inside a sample. Leave it and try again.');
}

/** For what is written down in a compartment of the asker's: somebody who stands in none has nothing that could leave. */
export function mustStandSomewhere({ compartments }: Actor): void {
  if (compartments.length > 0) return;
  throw new Refusal('access.not_allowed', 'You are in no compartment. Ask an admin to let you into one.');
}

/** For whoever takes a source from a request: a token is held to its own; a person is held by the wall. */
export function mustBeOwnSource(actor: Actor, sourceId: string): void {
  if (actor.kind !== 'token' || actor.sourceId === sourceId) return;
  throw new Refusal('access.not_allowed', 'This token sends to another source. Make one for this source.', {
    sourceId,
  });
}

const system = (name: string, compartments: readonly string[], can: readonly Capability[]): Actor => ({
  id: `system.${name}`,
  name: `system.${name}`,
  kind: 'system',
  compartments,
  can: new Set<string>(can),
});

/**
 * Who acts when no person does. Each sees what its work needs and none sees everything: what is done in every
 * compartment is done by one actor after the other, each inside one (`compartmentNames` lists them).
 */
export const SYSTEM = {
  /** Signs people in and makes the first admin. It speaks where everybody may listen, and reads by the doors only. */
  access: system('access', ['open'], []),
  intake: (compartment: string) => system('intake', [compartment], ['signal.send', 'import.run']),
  /** Asks other systems, and takes in what they say or send. */
  connectors: (compartment: string) => system('connectors', [compartment], ['signal.send']),
  /** Compares what came in with what came before. */
  copies: (compartment: string) => system('copies', [compartment], ['signal.read']),
  engine: (compartment: string) => system('engine', [compartment], ['signal.read', 'issue.read']),
  /** Fills and plays an invented world, and looks at what became of it: all compartments of one world, and no other. */
  worlds: (compartments: readonly string[]) =>
    system('worlds', compartments, ['signal.read', 'signal.send', 'import.run', 'background.send', 'issue.read']),
  /** Reads for the streams of all who are in exactly these, and tells each what their own rights allow. */
  live: (compartments: readonly string[]) => system('live', compartments, []),
  /** For the reaction to one event, in that event's compartment: `reactor` in `compartment.store.ts` finds it. */
  reactions: (compartment: string) => system('reactions', [compartment], []),
};
