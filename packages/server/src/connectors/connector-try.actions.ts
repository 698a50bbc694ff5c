/** Asking the other side as a turn would, to see whether it works. Nothing is kept. */
import { type ConnectorKind, isWebhook } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import type { Tools } from '../platform/tools.ts';
import { judge } from '../signals/index.ts';
import { type Page, Problem, type Secrets, type Settings } from './adapter.ts';
import { filledIn } from './connector.actions.ts';
import { loadConnector } from './connector.store.ts';
import { netFor, pollPage } from './connector-poll.ts';
import { withoutSecrets } from './connector-secrets.ts';
import { type Filled, invalid, readForm } from './connector-settings.ts';
import { adapterOf } from './known-kinds.ts';

export interface Outcome {
  readonly ok: boolean;
  readonly words: string;
  readonly rows: number;
  readonly readable: number;
  readonly fields: string[];
}

/** Far enough back that most systems have something to show. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000;
const NOTHING = { rows: 0, readable: 0, fields: [] };

export async function tryConnector(
  tools: Tools,
  actor: Actor,
  { id, kind, ...filled }: Filled & { id?: string | undefined; kind: ConnectorKind },
): Promise<Outcome> {
  mustHave(actor, 'source.manage');
  const { settings, secrets } = await formOf(tools, actor, id, kind, filled);
  if (isWebhook(kind)) {
    const words =
      'The settings are complete. A webhook waits to be called: send a call from the other side to see it work.';
    return { ok: true, words, ...NOTHING };
  }
  try {
    const adapter = adapterOf(kind);
    const now = tools.clock.now();
    const net = netFor(tools.net, adapter, settings, secrets);
    const from = new Date(now.getTime() - LOOK_BACK_MS);
    return outcomeOf(await pollPage(adapter, { settings, secrets, net, now, cursor: null, from }), now);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ok: false, words: withoutSecrets(error.words, secrets), ...NOTHING };
  }
}

async function formOf(
  tools: Tools,
  actor: Actor,
  id: string | undefined,
  kind: ConnectorKind,
  filled: Filled,
): Promise<{ settings: Settings; secrets: Secrets }> {
  if (id === undefined) return readForm(kind, filled);
  const saved = await tools.db.as(actor, (db) => loadConnector(db, id));
  if (saved.kind !== kind) throw invalid([{ name: 'kind', problem: 'is not the kind of this connector' }]);
  const { settings, kept } = filledIn(tools, saved, filled, tools.clock.now());
  return { settings, secrets: kept.values };
}

/** No source has this id: what is judged here is kept nowhere. */
const NO_SOURCE = '00000000-0000-0000-0000-000000000000';

function outcomeOf({ rows, refused = [], fields = [] }: Page, now: Date): Outcome {
  const judged = rows.map((value, row) => judge({ row, value }, NO_SOURCE, now).refusal);
  const reasons = [...refused.map(({ reason }) => reason), ...judged.flatMap((refusal) => refusal?.reason ?? [])];
  const all = rows.length + refused.length;
  const readable = all - reasons.length;
  return {
    ok: all === 0 || readable > 0,
    words: inWords(all, readable, reasons[0]),
    rows: all,
    readable,
    fields: [...fields],
  };
}

function inWords(all: number, readable: number, reason: string | undefined): string {
  if (all === 0) return 'It works. The other side answered, and has nothing new to tell of the last days.';
  const found = `The other side answered with ${all} ${all === 1 ? 'row' : 'rows'}`;
  if (readable === all) return `It works. ${found}, and all can be read as signals.`;
  if (readable === 0) return `${found}, and none can be read as a signal. The first: ${reason}`;
  return `It works. ${found}; ${readable} can be read as signals. The first that cannot: ${reason}`;
}
