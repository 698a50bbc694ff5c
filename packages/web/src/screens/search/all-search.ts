/** The address of a search of everything. */
import type { SearchKind } from '../../api/search-queries.ts';

const KINDS: readonly SearchKind[] = ['signals', 'topics', 'issues'];

export interface AllSearch {
  q?: string;
  /** One kind alone, and more of it. */
  only?: SearchKind;
}

export function readAllSearch(address: Record<string, unknown>): AllSearch {
  return {
    q: typeof address.q === 'string' && address.q !== '' ? address.q : undefined,
    only: KINDS.find((kind) => kind === address.only),
  };
}
