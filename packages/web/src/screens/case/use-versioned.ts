/** Acts upon the version that one saw: where a colleague was faster both versions are shown, and nothing is lost. */
import type { CaseDetail } from '@groundswell/contract';
import { useState } from 'react';
import { isRefusal } from '../../api/call.ts';
import type { CaseActs } from './case-queries.ts';

export interface Wish {
  /** What would change, by name: as this person wants it, and how to read it of the case as it is. */
  readonly fields: readonly {
    readonly name: string;
    readonly mine: string;
    readonly of: (now: CaseDetail) => string;
  }[];
  /** Whether it is still possible at all. */
  readonly may: (now: CaseDetail) => boolean;
  readonly run: (version: number) => Promise<unknown>;
  readonly done?: (() => void) | undefined;
}

export interface Versioned {
  readonly send: (wish: Wish) => void;
  readonly met: Wish | null;
  readonly again: () => void;
  readonly letGo: () => void;
  readonly act: CaseActs;
}

export function useVersioned(kase: CaseDetail, act: CaseActs): Versioned {
  const [met, setMet] = useState<Wish | null>(null);
  const send = (wish: Wish) =>
    act.mutate(() => wish.run(kase.version), {
      onSuccess: () => {
        setMet(null);
        wish.done?.();
      },
      onError: (error) => {
        if (isRefusal(error, 'case.changed_meanwhile')) setMet(wish);
      },
    });
  return {
    send,
    met,
    act,
    again: () => met && send(met),
    letGo: () => {
      setMet(null);
      act.reset();
    },
  };
}
