/** What people can do with connectors. Each action is one transaction: load, decide, save, record. */
import { randomUUID } from 'node:crypto';
import { type ConnectorKind, isWebhook, Refusal } from '@groundswell/contract';
import { type Actor, mustBeOwnSource, mustHave } from '../access/index.ts';
import { canonicalJson, type NewEvent, record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { loadSource } from '../signals/index.ts';
import { Problem, type Settings } from './adapter.ts';
import { holdConnector, insertConnector, saveConnector } from './connector.store.ts';
import { backfill, beginningFor, type Connector, change, pause, remove, resume, runNow } from './connector.ts';
import { type KeptSecrets, openSecrets, replaceSecrets, sealSecrets } from './connector-secrets.ts';
import { type Filled, hostIn, invalid, readForm } from './connector-settings.ts';
import { newSigningSecret } from './webhook-signature.ts';

/** The name of the job that takes one turn; here, because people, clock and turns all ask for it. */
export const TAKE_TURN = 'connectors.take_turn';

export interface NewForm extends Filled {
  readonly sourceId: string;
  readonly kind: ConnectorKind;
  readonly everyMinutes: number;
}

/** `secret` is there when we made it: a webhook's, to be told to its sender. */
export async function createConnector(
  { db, clock, vault }: Tools,
  actor: Actor,
  { sourceId, kind, everyMinutes, ...filled }: NewForm,
): Promise<{ connector: Connector; secret: string | null }> {
  mustHave(actor, 'source.manage');
  mustBeOwnSource(actor, sourceId);
  const { settings, secrets } = readForm(kind, filled);
  const secret = kind === 'standard_webhook' && secrets.secret === undefined ? newSigningSecret() : null;
  const values = secret === null ? secrets : { ...secrets, secret };
  const [id, at] = [randomUUID(), clock.now()];

  return db.change(actor, async (trx) => {
    const { compartment } = await loadSource(trx, sourceId);
    const sealed = sealSecrets(vault, id, { values });
    const dueAt = isWebhook(kind) ? null : at;
    const connector = await insertConnector(trx, {
      ...{ id, compartment, sourceId, kind, settings, sealed, secretNames: Object.keys(values), everyMinutes },
      ...{ madeAt: at, madeBy: actor.id, beginAt: beginningFor(at), dueAt },
    });
    const payload = { connectorId: id, sourceId, kind };
    await record(trx, actor, { name: 'connector.made', at, compartment, subject: { kind: 'connector', id }, payload });
    if (dueAt) await enqueue(trx, TAKE_TURN, { connectorId: id });
    return { connector, secret };
  });
}

interface Seen {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly everyMinutes: number;
}

/** What people change and nothing else: turns go on all the time, and are no conflict. */
function mustBeAsSeen(now: Connector, seen: Seen): void {
  if (now.everyMinutes === seen.everyMinutes && canonicalJson(now.settings) === canonicalJson(seen.settings)) return;
  throw new Refusal(
    'connector.changed_meanwhile',
    'Somebody else changed this connected system meanwhile. Nothing was saved: look at what they changed, then choose.',
  );
}

export function changeConnector(
  tools: Tools,
  actor: Actor,
  id: string,
  { everyMinutes, seen, ...filled }: Filled & { everyMinutes: number; seen?: Seen | undefined },
): Promise<Connector> {
  const { vault } = tools;
  return act(tools, actor, id, 'connector.changed', (before, at) => {
    if (seen) mustBeAsSeen(before, seen);
    const { settings, kept } = filledIn(tools, before, filled, at);
    const secretNames = Object.keys(kept.values);
    return change(before, { settings, sealed: sealSecrets(vault, id, kept), secretNames, everyMinutes }, at);
  });
}

/** A form over what is stored. For another host every secret is to be given again: it would be sent there. */
export function filledIn(
  { vault }: Pick<Tools, 'vault'>,
  before: Connector,
  filled: Filled,
  at: Date,
): { settings: Settings; kept: KeptSecrets } {
  const kept = readable(() => openSecrets(vault, before));
  const { settings, secrets } = readForm(before.kind, filled, Object.keys(kept.values));
  const left = Object.keys(kept.values).filter((name) => secrets[name] === undefined && filled.secrets[name] !== '');
  if (!isWebhook(before.kind) && hostIn(settings) !== hostIn(before.settings) && left.length > 0) {
    const problem = 'is needed again, because it was given for the host that stood there before';
    throw invalid(left.map((name) => ({ name, problem })));
  }
  const erased = Object.keys(kept.values).filter((name) => filled.secrets[name] === '' && !isWebhook(before.kind));
  const values = Object.fromEntries(Object.entries(kept.values).filter(([name]) => !erased.includes(name)));
  return { settings, kept: replaceSecrets({ ...kept, values }, secrets, at) };
}

/** What cannot be opened any more is missing, and is asked for like that. */
function readable(open: () => KeptSecrets): KeptSecrets {
  try {
    return open();
  } catch (error) {
    if (error instanceof Problem) return { values: {} };
    throw error;
  }
}

export const pauseConnector = (tools: Tools, actor: Actor, id: string) =>
  act(tools, actor, id, 'connector.paused', pause);

export const resumeConnector = (tools: Tools, actor: Actor, id: string) =>
  act(tools, actor, id, 'connector.resumed', resume);

export const runConnector = (tools: Tools, actor: Actor, id: string) =>
  act(tools, actor, id, 'connector.run_asked', runNow);

export const removeConnector = (tools: Tools, actor: Actor, id: string) =>
  act(tools, actor, id, 'connector.removed', remove);

export const backfillConnector = (tools: Tools, actor: Actor, id: string, from: Date) =>
  act(tools, actor, id, 'connector.backfill_asked', (one, at) => backfill(one, from, at), {
    from: from.toISOString(),
  });

type Deed = Extract<
  NewEvent['name'],
  `connector.${'changed' | 'paused' | 'resumed' | 'run_asked' | 'removed' | 'backfill_asked'}`
>;

/** A turn that is under way finds another version and drops the page that it had in hand; the next asks for it again. */
function act(
  { db, clock }: Tools,
  actor: Actor,
  id: string,
  name: Deed,
  decide: (one: Connector, at: Date) => Connector,
  more: { from?: string } = {},
): Promise<Connector> {
  mustHave(actor, 'source.manage');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const after = await saveConnector(trx, decide(await holdConnector(trx, id), at));
    await recordDeed(trx, actor, { name, at, one: after, more });
    if (after.dueAt && after.dueAt <= at && !after.pausedAt) await enqueue(trx, TAKE_TURN, { connectorId: id });
    return after;
  });
}

function recordDeed(
  trx: Trx,
  actor: Actor,
  { name, at, one, more }: { name: Deed; at: Date; one: Connector; more: { from?: string } },
): Promise<void> {
  const subject = { kind: 'connector', id: one.id } as const;
  const payload = { connectorId: one.id, ...more };
  return record(trx, actor, { name, at, compartment: one.compartment, subject, payload } as NewEvent);
}
