/** The address of the copied texts: of which shape and source, in what order. */
import type { CallOf, CopyGroupView, listCopyGroups } from '@groundswell/contract';

type Shape = CopyGroupView['shape'];

/** What is looked at together. Phrases are many and mean little, so they have to be asked for. */
export const KINDS = ['long', 'campaign', 'flood', 'phrase', 'all'] as const;
type Kind = (typeof KINDS)[number];

const SHAPES: Readonly<Record<Kind, readonly Shape[]>> = {
  long: ['campaign', 'flood', 'copies'],
  campaign: ['campaign'],
  flood: ['flood'],
  phrase: ['phrase'],
  all: ['campaign', 'flood', 'copies', 'phrase'],
};

export const SORTS = ['newest', 'largest'] as const;

export interface CopiesSearch {
  kind?: Kind;
  source?: string;
  sort?: (typeof SORTS)[number];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Takes from an address what it understands and leaves the rest: an old link must still open. */
export function readCopiesSearch(address: Record<string, unknown>): CopiesSearch {
  return {
    kind: KINDS.find((one) => one === address.kind),
    source: typeof address.source === 'string' && UUID.test(address.source) ? address.source : undefined,
    sort: SORTS.find((one) => one === address.sort),
  };
}

type CopiesQuery = NonNullable<CallOf<typeof listCopyGroups>['query']>;

export const queryOf = ({ kind = 'long', source, sort = 'newest' }: CopiesSearch): CopiesQuery => ({
  shape: kind === 'all' ? undefined : [...SHAPES[kind]],
  source,
  sort,
});
