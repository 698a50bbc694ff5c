/** What of the list of notices stands in its address. */
export interface NoticeSearch {
  readonly show?: 'all';
}

export const readNoticeSearch = (search: Record<string, unknown>): NoticeSearch =>
  search.show === 'all' ? { show: 'all' } : {};
