/** Batons of one case, and the one that is being written: kept by the server while one writes. */
import { type BatonPoints, type BatonView, changeBaton, listCaseBatons } from '@groundswell/contract';
import { queryOptions } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { CASES } from '../../api/case-keys.ts';
import { liveInterval } from '../../api/liveness.ts';

export const caseBatons = (id: string) =>
  queryOptions({
    queryKey: [...CASES, 'batons', id],
    queryFn: () => call(listCaseBatons, { params: { id } }),
    refetchInterval: liveInterval(10_000),
  });

/** The one that waits for somebody: a draft of mine, or one that was sent. */
export const openOne = (batons: readonly BatonView[]): BatonView | undefined =>
  batons.find(({ state }) => state === 'draft' || state === 'sent');

export interface BatonBody {
  readonly receiverId: string | null;
  readonly points: BatonPoints;
}
export type BatonKeeping = 'kept' | 'typing' | 'half' | 'not_kept';

const isWhole = (...texts: readonly string[]): boolean => texts.every((text) => text.trim() !== '');

/** What can be kept: an action without words, or a risk without what is done then, is still being written. */
export function wholeOf({ receiverId, points }: BatonBody): BatonBody {
  const actions = points.actions.filter(({ text }) => isWhole(text));
  const risks = points.risks.filter(({ what, plan }) => isWhole(what, plan));
  return { receiverId, points: { ...points, actions, risks } };
}

const isHalf = ({ points }: BatonBody): boolean =>
  points.risks.some(({ what, plan }) => isWhole(what) !== isWhole(plan));

const PAUSE_MS = 500;

export interface BatonText {
  readonly body: BatonBody;
  readonly keeping: BatonKeeping;
  readonly error: unknown;
  readonly change: (some: { receiverId?: string | null; points?: Partial<BatonPoints> }) => void;
  /** Everything that was typed is kept; the version that it then has. */
  readonly settled: () => Promise<number>;
}

export function useBatonText(baton: BatonView): BatonText {
  const [body, setBody] = useState<BatonBody>({ receiverId: baton.receiver?.id ?? null, points: baton.points });
  const [keeping, setKeeping] = useState<BatonKeeping>('kept');
  const [error, setError] = useState<unknown>(null);
  const latest = useRef(body);
  const kept = useRef(body);
  const version = useRef(baton.version);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = baton.id;

  /** One after the other: each is written upon the version that the one before it made. */
  const settled = useCallback((): Promise<number> => {
    clearTimeout(timer.current);
    const turn = line.current
      .catch(() => {})
      .then(async () => {
        const said = latest.current;
        if (said === kept.current) return version.current;
        const after = await call(changeBaton, { params: { id }, body: { version: version.current, ...wholeOf(said) } });
        version.current = after.version;
        kept.current = said;
        setError(null);
        if (latest.current === said) setKeeping(isHalf(said) ? 'half' : 'kept');
        return version.current;
      });
    line.current = turn;
    turn.catch((failed: unknown) => {
      setError(failed);
      setKeeping('not_kept');
    });
    return turn;
  }, [id]);

  useEffect(() => {
    const leave = () => void settled().catch(() => {});
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [settled]);

  const change: BatonText['change'] = ({ receiverId = latest.current.receiverId, points = {} }) => {
    latest.current = { receiverId, points: { ...latest.current.points, ...points } };
    setBody(latest.current);
    setKeeping('typing');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void settled().catch(() => {}), PAUSE_MS);
  };
  return { body, keeping, error, change, settled };
}
