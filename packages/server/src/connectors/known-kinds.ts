/** Every adapter and every reader there is, by its kind. */
import type { ConnectorKind, Mapping } from '@groundswell/contract';
import { type Adapter, Problem, type WebhookReader } from './adapter.ts';
import { KNOWN_ADAPTERS, KNOWN_READERS } from './adapters/known.ts';
import { jsonPoll } from './json-poll.ts';
import { readRows, rowsAt } from './json-rows.ts';

const standardWebhook: WebhookReader = {
  kind: 'standard_webhook',
  read(body, { rows: path = '', mapping }) {
    const listed = rowsAt(body, String(path));
    if (!listed) throw new Problem(`There is no list at "${String(path)}" in the call. Nothing of it was kept.`);
    return readRows(listed, mapping as Mapping);
  },
};

const ADAPTERS = new Map([jsonPoll, ...KNOWN_ADAPTERS].map((one) => [one.kind, one]));
const READERS = new Map([standardWebhook, ...KNOWN_READERS].map((one) => [one.kind, one]));

export const adapterOf = (kind: ConnectorKind): Adapter => known(ADAPTERS.get(kind), kind);
export const readerOf = (kind: ConnectorKind): WebhookReader => known(READERS.get(kind), kind);

function known<T>(one: T | undefined, kind: ConnectorKind): T {
  if (one === undefined) throw new Error(`Nothing is written for connectors of the kind "${kind}".`);
  return one;
}
