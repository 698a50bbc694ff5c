/** Which issues of a list are chosen. What leaves the list is not chosen any more, so that nothing unseen is touched. */
import { useMemo, useRef, useState } from 'react';

export interface Choice {
  readonly chosen: ReadonlySet<string>;
  toggle(id: string): void;
  /** From the one that was chosen last to this one. */
  chooseTo(id: string): void;
  chooseAll(): void;
  chooseNone(): void;
}

/** @param ids of the rows as they stand on screen, in that order */
export function useChoice(ids: readonly string[]): Choice {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const chosen = useMemo(() => new Set(ids.filter((id) => marked.has(id))), [ids, marked]);
  const choose = (more: readonly string[], at: string) => {
    setMarked(new Set([...chosen, ...more]));
    last.current = at;
  };
  return {
    chosen,
    toggle(id) {
      if (!chosen.has(id)) return choose([id], id);
      setMarked(new Set([...chosen].filter((one) => one !== id)));
      last.current = id;
    },
    chooseTo(id) {
      const [from, to] = [ids.indexOf(last.current ?? id), ids.indexOf(id)];
      if (to < 0) return;
      choose(ids.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1), id);
    },
    chooseAll: () => setMarked(new Set(ids)),
    chooseNone() {
      setMarked(new Set());
      last.current = null;
    },
  };
}
