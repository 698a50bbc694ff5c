/** One watch for each wall that somebody listens behind; the last one who leaves ends it. */
import { SYSTEM } from '../access/index.ts';
import { touchesAccess, wallOf } from './live.ts';
import { openWatch, type Watch, type WatchRoom } from './watch.ts';

interface Shared {
  readonly watch: Promise<Watch>;
  users: number;
}

export interface Watches {
  take(compartments: readonly string[]): Promise<Watch>;
  leave(compartments: readonly string[]): void;
  close(): Promise<void>;
}

/** @param onDoors something happened after which somebody may be out */
export function openWatches(room: WatchRoom, onDoors: () => void): Watches {
  const shared = new Map<string, Shared>();

  /** Read on behalf of nobody in particular: what these compartments hold, for all who are in exactly these. */
  async function open(compartments: readonly string[]): Promise<Watch> {
    const watch = await openWatch(room, SYSTEM.live(compartments));
    watch.listen({ onRows: ({ rows }) => rows.some(touchesAccess) && onDoors(), onCounted: () => {} });
    return watch;
  }
  function letGo(wall: string, one: Shared | undefined): void {
    if (!one || --one.users > 0) return;
    if (shared.get(wall) === one) shared.delete(wall);
    one.watch.then((watch) => watch.stop()).catch(() => {}); // it never came to be
  }

  return {
    async take(compartments) {
      const wall = wallOf(compartments);
      const one = shared.get(wall) ?? { watch: open(compartments), users: 0 };
      one.users++;
      shared.set(wall, one);
      return one.watch.catch((error: unknown) => {
        letGo(wall, one);
        throw error;
      });
    },
    leave(compartments) {
      const wall = wallOf(compartments);
      letGo(wall, shared.get(wall));
    },
    async close() {
      const all = [...shared.values()].map(({ watch }) => watch.then((one) => one.stop()).catch(() => {}));
      shared.clear();
      await Promise.all(all);
    },
  };
}
