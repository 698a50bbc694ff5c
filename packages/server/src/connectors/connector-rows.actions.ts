/** Rows of a page or a call into intake, and what is to be kept with them in the same transaction. */
import type { IntakeSummary } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { idToShow, takeSignals } from '../signals/index.ts';
import type { Page } from './adapter.ts';
import { saveConnector } from './connector.store.ts';
import { type Connector, countTaken, type Taken } from './connector.ts';

/** As many as intake keeps in one transaction. */
const ROWS_AT_ONCE = 5_000;

type Keep = (trx: Trx, one: Connector, taken: Taken, now: Date) => Promise<Connector>;

/**
 * Everything of a page; `keep` is done with its last rows and decides what the connector becomes. Of a page that is larger
 * than a transaction the first parts are kept with their counts and without the place.
 */
export async function takePage(
  tools: Tools,
  actor: Actor,
  one: Connector,
  { rows, refused = [] }: Pick<Page, 'rows' | 'refused'>,
  keep: Keep,
): Promise<Connector> {
  const incoming = [
    ...refused.map(({ reason }, row) => ({ row, fault: reason })),
    ...rows.map((value, i) => ({ row: refused.length + i, value })),
  ];
  if (incoming.length === 0) return tools.db.change(actor, (trx) => keep(trx, one, NOTHING, tools.clock.now()));
  let after = one;
  for (let from = 0; from < incoming.length; from += ROWS_AT_ONCE) {
    const isLast = from + ROWS_AT_ONCE >= incoming.length;
    const part = incoming.slice(from, from + ROWS_AT_ONCE);
    const alongside = async (trx: Trx, summary: IntakeSummary) => {
      const now = tools.clock.now();
      const taken = takenOf(summary, rows.slice(Math.max(0, from - refused.length)), refused, now);
      after = await (isLast ? keep(trx, after, taken, now) : saveConnector(trx, countTaken(after, taken, now)));
    };
    await takeSignals(tools, actor, one.sourceId, part, { alongside });
  }
  return after;
}

const NOTHING: Taken = { added: 0, revised: 0, unchanged: 0, refused: [], newest: null };

function takenOf(
  { added, revised, unchanged, refused }: IntakeSummary,
  rows: readonly unknown[],
  unread: NonNullable<Page['refused']>,
  now: Date,
): Taken {
  const named = refused.map(({ row, id, reason }) => ({ id: shown(unread[row]?.id ?? id), reason }));
  return { added, revised, unchanged, refused: named, newest: newestOf(rows, now) };
}

/** What could not be read never met the guard of intake. */
const shown = (id: string | null): string | null => id && idToShow(id);

/** What claims to come from the future says nothing about how far we are. */
function newestOf(rows: readonly unknown[], now: Date): Date | null {
  const moments = rows.map((row) => Date.parse(String((row as { ts?: unknown } | null)?.ts)));
  const newest = moments.reduce((max, at) => (at <= now.getTime() && at > max ? at : max), 0);
  return newest > 0 ? new Date(newest) : null;
}
