/** The address of a case that is being opened: what it is opened from. */

export interface OpenSearch {
  /** Key of an issue. */
  issue?: string | undefined;
  alert?: string | undefined;
  /** Ids of signals. */
  signals?: readonly string[] | undefined;
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SIGNALS_MAX = 100;

/**
 * Takes from an address what it understands and leaves the rest: an old link must still open.
 * @example
 * readOpenSearch({ issue: 'IS-12', signals: 'not an id' }); // { issue: 'IS-12', alert: undefined, signals: undefined }
 */
export function readOpenSearch({ issue, alert, signals }: Record<string, unknown>): OpenSearch {
  const ids = [signals].flat().filter((one): one is string => typeof one === 'string' && ID.test(one));
  return {
    issue: typeof issue === 'string' && issue !== '' ? issue.slice(0, 80) : undefined,
    alert: typeof alert === 'string' && ID.test(alert) ? alert : undefined,
    signals: ids.length > 0 ? ids.slice(0, SIGNALS_MAX) : undefined,
  };
}
