/** The list of cases as a file: the rows of the queue, and nothing that was said in them. */
import { EXPORT_ROWS_MAX, exportCases } from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, namesOf } from '../access/index.ts';
import type { Listing, Row } from '../exports/index.ts';
import type { Db } from '../platform/db.ts';
import { teamNames } from './around.store.ts';
import { referenceOf } from './case.key.ts';
import { countListed, listPage, type Position, positionOf } from './case.list.store.ts';
import type { Case } from './case.ts';
import { nameOf } from './priority.ts';

const ROWS_AT_ONCE = 1_000;

const COLUMNS = [
  ...[
    'reference',
    'kind',
    'state',
    'waiting_for',
    'priority',
    'proposed',
    'harm',
    'support',
    'title',
    'language',
    'region',
  ],
  ...['requester', 'owner', 'team', 'outcome', 'opened_at', 'acknowledged_at', 'changed_at', 'compartment', 'id'],
] as const;

const meOf = (actor: Actor): string | null => (actor.kind === 'person' ? actor.id : null);

export const caseListing: Listing = {
  list: 'cases',
  endpoint: exportCases,
  columns: COLUMNS,
  read(query, actor) {
    const meant = query as z.output<typeof exportCases.query>;
    return {
      count: (db, limit) => countListed(db, meant, meOf(actor), Math.min(limit, EXPORT_ROWS_MAX + 1)),
      async page(db, after) {
        const asked = { ...meant, facets: false, limit: ROWS_AT_ONCE };
        const found = await listPage(db, asked, meOf(actor), after as Position | null);
        const cases = found.slice(0, ROWS_AT_ONCE);
        const last = found.length > ROWS_AT_ONCE ? cases.at(-1) : undefined;
        return { rows: await rowsOf(db, cases), next: last ? positionOf(last, meant.sort) : null };
      },
    };
  },
};

async function rowsOf(db: Db, cases: readonly Case[]): Promise<Row[]> {
  const names = await namesOf(
    db,
    cases.flatMap(({ ownerId }) => ownerId ?? []),
  );
  const teams = await teamNames(
    db,
    cases.flatMap(({ teamId }) => teamId ?? []),
  );
  return cases.map((kase) => [
    ...[referenceOf(kase), kase.kind, kase.state, kase.waitingFor, nameOf(kase.priority), nameOf(kase.proposed)],
    ...[kase.facts.harm, kase.facts.support, kase.title, kase.language, kase.region, kase.requesterKind],
    ...[names.get(kase.ownerId ?? '') ?? null, teams.get(kase.teamId ?? '') ?? null, kase.outcome],
    ...[kase.openedAt, kase.acknowledgedAt, kase.changedAt, kase.compartment, kase.id],
  ]);
}
