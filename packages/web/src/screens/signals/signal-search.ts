/** The address of a search of signals, and what it asks of the server. */
import { AGAINST, type Against, type SignalFilter } from '@groundswell/contract';

export const SIGNAL_SORTS = ['newest', 'oldest', 'relevance'] as const;
type SignalSort = (typeof SIGNAL_SORTS)[number];

export interface SignalSearch {
  q?: string;
  from?: string;
  to?: string;
  source?: string;
  language?: string;
  rating?: string;
  topic?: string;
  /** Copied texts: one group of them, or any. */
  copies?: string;
  /** Dimensions as `name:value`. */
  d?: string[];
  sort?: SignalSort;
  /** The signal whose detail stands beside the list. */
  open?: string;
  /** What the selection is held against, while it is explained. */
  explain?: Against;
  /** For a time of one's own. */
  againstFrom?: string;
  againstTo?: string;
  /** Which of the others. */
  againstQ?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Takes from an address what it understands and leaves the rest: an old link must still open. */
export function readSignalSearch(address: Record<string, unknown>): SignalSearch {
  const word = (name: string) =>
    typeof address[name] === 'string' && address[name] !== '' ? address[name] : undefined;
  const id = (name: string) => (UUID.test(word(name) ?? '') ? word(name) : undefined);
  const moment = (name: string) => (Number.isNaN(Date.parse(word(name) ?? '')) ? undefined : word(name));
  const d = [address.d].flat().filter((one): one is string => typeof one === 'string' && one.includes(':'));
  return {
    q: word('q'),
    from: moment('from'),
    to: moment('to'),
    source: id('source'),
    language: word('language'),
    rating: /^[1-5]$/.test(word('rating') ?? '') ? word('rating') : undefined,
    topic: id('topic'),
    copies: address.copies === 'any' ? 'any' : id('copies'),
    d: d.length > 0 ? d : undefined,
    sort: SIGNAL_SORTS.find((sort) => sort === address.sort),
    open: id('open'),
    explain: AGAINST.find((one) => one === address.explain),
    againstFrom: moment('againstFrom'),
    againstTo: moment('againstTo'),
    againstQ: word('againstQ'),
  };
}

/** What the server filters by; sorting and the open signal are no part of it. */
export function filterOf({ q, from, to, source, language, rating, topic, copies, d }: SignalSearch): SignalFilter {
  return {
    q,
    from,
    to,
    source,
    language,
    rating: rating === undefined ? undefined : Number(rating),
    topic,
    copies,
    dimension: d,
  };
}

/** Whether anything is asked at all: an empty answer to no question means that nothing has come in yet. */
export function isNarrowed(search: SignalSearch): boolean {
  return Object.values(filterOf(search)).some((value) => value !== undefined);
}

/** Relevance is only meant where words are searched. */
export function sortOf(search: SignalSearch): SignalSort {
  const sort = search.sort ?? 'newest';
  return sort === 'relevance' && !search.q ? 'newest' : sort;
}

/** A facet's value put on or taken off. Source, language and rating hold one value; dimensions hold many. */
export function toggled(search: SignalSearch, facet: string, value: string): SignalSearch {
  if (facet === 'source' || facet === 'language' || facet === 'rating')
    return { ...search, open: undefined, [facet]: search[facet] === value ? undefined : value };
  const said = `${facet}:${value}`;
  const before = search.d ?? [];
  const d = before.includes(said) ? before.filter((one) => one !== said) : [...before, said];
  return { ...search, open: undefined, d: d.length > 0 ? d : undefined };
}

export function isOn(search: SignalSearch, facet: string, value: string): boolean {
  if (facet === 'source' || facet === 'language' || facet === 'rating') return search[facet] === value;
  return search.d?.includes(`${facet}:${value}`) ?? false;
}
