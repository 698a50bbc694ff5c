/** Every address that the router knows, read from its source: a new screen is walked over without being named anywhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const APP = join(import.meta.dirname, '..', 'src', 'app');
/** The router, what it hangs from, and every file of addresses beside it. */
const WRITTEN = /^(?:router|inside|\w+-routes)\.tsx$/;

export interface Route {
  /** As the router writes it: `/issues/$id`. */
  readonly pattern: string;
  /** Behind the door, in the frame; the others are for who is not signed in. */
  readonly inside: boolean;
}

export function routes(): readonly Route[] {
  const files = readdirSync(APP).filter((name) => WRITTEN.test(name));
  const source = files.map((name) => readFileSync(join(APP, name), 'utf8')).join('\n');
  const found = [...source.matchAll(/createRoute\(\{\s*getParentRoute: \(\) => (\w+),\s*path: '([^']+)'/g)];
  // One is the frame itself, which has no path. Any other that this pattern cannot read must not be passed over in silence.
  const written = source.match(/createRoute\(\{/g)?.length ?? 0;
  if (found.length === 0 || found.length !== written - 1)
    throw new Error(`The router writes ${written - 1} addresses, and ${found.length} of them could be read.`);
  return found.map(([, parent, pattern]) => ({ pattern: pattern!, inside: parent === 'inside' }));
}

/** The address of a route, with something that exists in the place of every `$name`. */
export function addressOf({ pattern }: Route, given: Readonly<Record<string, string>>): string {
  if (!pattern.includes('$')) return pattern;
  const address = given[pattern];
  if (!address)
    throw new Error(`The walk knows nothing to open at ${pattern}: add it where the walk names its things.`);
  return address;
}
