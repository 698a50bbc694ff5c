/** Who is behind a request. The access slice fills it; the platform only asks what it may. */
import type { Asker } from './db.ts';

export interface Actor extends Asker {
  readonly name: string;
  /** Rights by name, such as `issue.decide`. */
  readonly can: ReadonlySet<string>;
  /** What the compartment `open` stands for in a request of theirs; left out where it is itself. */
  readonly openPart?: string;
}

/** Before sign-in: may nothing and sees nothing, so that a route for anyone cannot leak by accident. */
export const NOBODY: Actor = { id: 'nobody', name: 'nobody', compartments: [], can: new Set() };
