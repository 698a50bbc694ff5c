/** The list of sources as a file. */
import { exportSources, saysAll } from '@groundswell/contract';
import type { z } from 'zod';
import { type Listing, several, wholeListing } from '../exports/index.ts';
import { redactionsBySource } from '../privacy/index.ts';
import { cappedNames } from './dictionary.list.store.ts';
import { listSources } from './source.store.ts';

export const sourceListing: Listing = wholeListing({
  list: 'sources',
  endpoint: exportSources,
  columns: [
    ...['name', 'kind', 'signals', 'refused', 'last_received_at', 'last_event_at', 'has_authors', 'regions'],
    ...['redacted', 'capped', 'created_at', 'compartment', 'id'],
  ],
  async rows(db, query) {
    const { q } = query as z.output<typeof exportSources.query>;
    const [capped, redacted] = [await cappedNames(db), await redactionsBySource(db)];
    const found = (await listSources(db)).filter(({ name }) => saysAll(name, q));
    return found.map((one) => ({
      compartment: one.compartment,
      row: [
        ...[one.name, one.kind, one.signals, one.refused, one.lastReceivedAt, one.lastEventAt, one.hasAuthors],
        ...[several(one.regions), JSON.stringify(redacted.get(one.id) ?? {}), several(capped.get(one.id) ?? [])],
        ...[one.createdAt, one.compartment, one.id],
      ],
    }));
  },
});
