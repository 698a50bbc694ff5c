/** The list of connectors as a file. */
import { exportConnectors } from '@groundswell/contract';
import { type Listing, wholeListing } from '../exports/index.ts';
import { listConnectors } from './connector.store.ts';
import { viewConnector } from './connector.view.ts';

export const connectorListing: Listing = wholeListing({
  list: 'connectors',
  endpoint: exportConnectors,
  columns: [
    ...['source', 'kind', 'state', 'every_minutes', 'last_turn_at', 'next_turn_at', 'last_row_at', 'last_event_at'],
    ...['lag_ms', 'added', 'refused', 'problem', 'problem_at', 'compartment', 'id'],
  ],
  async rows(db, _, { actor, at }) {
    return (await listConnectors(db)).map((kept) => {
      const one = viewConnector(kept, actor, at);
      return {
        compartment: kept.compartment,
        row: [
          ...[one.sourceName, one.kind, one.state, one.everyMinutes, one.lastTurnAt, one.nextTurnAt, one.lastRowAt],
          ...[one.lastEventAt, one.lagMs, one.added, one.refused, one.problem?.words ?? null],
          ...[one.problem?.at ?? null, kept.compartment, one.id],
        ],
      };
    });
  },
});
