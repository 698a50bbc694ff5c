/** The address of the background: which tab, which changes, split by what. */
import { CHANGE_KINDS, type ChangeKind } from '@groundswell/contract';

export interface BackgroundSearch {
  tab?: 'users';
  kind?: ChangeKind;
  q?: string;
  /** A dimension that active users are split by. */
  by?: string;
}

export function readBackgroundSearch(address: Record<string, unknown>): BackgroundSearch {
  const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined);
  return {
    tab: address.tab === 'users' ? 'users' : undefined,
    kind: CHANGE_KINDS.find((kind) => kind === address.kind),
    q: word(address.q),
    by: word(address.by)?.slice(0, 64),
  };
}
