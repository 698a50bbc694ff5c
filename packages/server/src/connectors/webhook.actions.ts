/** A call from another system: who signed it is believed, its rows are on disk when it is answered, and never twice. */
import type { Readable } from 'node:stream';
import { isWebhook, Refusal } from '@groundswell/contract';
import { type Actor, compartmentNames, SYSTEM } from '../access/index.ts';
import type { Tools } from '../platform/tools.ts';
import { Problem } from './adapter.ts';
import { compartmentOfConnector, findConnector, holdConnector, saveConnector } from './connector.store.ts';
import { type Connector, countTaken, type Taken } from './connector.ts';
import { takePage } from './connector-rows.actions.ts';
import { type KeptSecrets, openSecrets, signingSecrets } from './connector-secrets.ts';
import { readerOf } from './known-kinds.ts';
import { dropCalls, keepCall, wasAnswered } from './webhook.store.ts';
import type { UnsignedCalls } from './webhook-limit.ts';
import { newSigningSecret, signedBy } from './webhook-signature.ts';

const BODY_MAX = 1024 * 1024;
/** All of a call is kept in one transaction, so that it is answered by yes or no. */
const ROWS_MAX = 5_000;

export interface Call {
  readonly connectorId: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readable;
  /** Where it came from, as far as it can be told. */
  readonly address: string;
}

export interface Answer {
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly refused: number;
}

const NOTHING: Answer = { added: 0, revised: 0, unchanged: 0, refused: 0 };

export async function receiveCall(tools: Tools, unsigned: UnsignedCalls, call: Call): Promise<Answer> {
  const now = tools.clock.now();
  unsigned.mustBeFew(call.connectorId, call.address, now);
  const body = await readBody(call.body);
  const known = await findReceiver(tools, call.connectorId);
  // Somebody who is not there is asked for a signature too: how long the answer takes tells nothing.
  const [kind, secrets] = known ? [known.one.kind, known.secrets] : (['standard_webhook', [NOBODYS]] as const);
  const callId = signedBy(kind, { headers: call.headers, body, now }, secrets);
  if (!known || callId === null) {
    unsigned.count(call.connectorId, call.address, now);
    throw new Refusal('webhook.not_signed', NOT_SIGNED);
  }
  return takeCall(tools, known.actor, known.one, { callId, said: readJson(body) });
}

/** One sentence for all of it: a wrong signature, an old one, a connector that is paused, removed, or was never there. */
const NOT_SIGNED =
  'The signature does not fit, or nobody waits for calls here. Nothing was kept. Check the address, the secret, the clock of the sender, and whether the connector is paused.';
const NOBODYS = newSigningSecret();

interface Receiver {
  readonly actor: Actor;
  readonly one: Connector;
  readonly secrets: readonly string[];
}

async function findReceiver({ db, vault, clock }: Tools, id: string): Promise<Receiver | null> {
  const compartment = await compartmentOfConnector(db, id);
  if (compartment === null) return null;
  const actor = SYSTEM.connectors(compartment);
  const one = await db.as(actor, (reader) => findConnector(reader, id));
  if (!one || !isWebhook(one.kind) || one.pausedAt || one.removedAt) return null;
  return { actor, one, secrets: signingSecrets(secretsOf(vault, one), clock.now()) };
}

function secretsOf(vault: Tools['vault'], one: Connector): KeptSecrets {
  try {
    return openSecrets(vault, one);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Refusal(
      'privacy.key_missing',
      'Nothing can be taken just now, and nothing was kept. Send it again later.',
    );
  }
}

async function readBody(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes <= BODY_MAX) parts.push(part);
    else if (bytes > 10 * BODY_MAX) break; // let the sender finish and hear it, but not without an end
  }
  if (bytes <= BODY_MAX) return Buffer.concat(parts);
  throw new Refusal('request.too_large', 'The call is larger than 1 MB. Nothing was kept. Send fewer rows at once.');
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new Refusal('request.invalid', 'The call is not JSON. Nothing was kept.');
  }
}

/** Another has kept the same call while we were at it: ours is dropped whole. */
class KeptMeanwhile extends Error {}

async function takeCall(
  tools: Tools,
  actor: Actor,
  { id, compartment }: Connector,
  { callId, said }: { callId: string; said: unknown },
): Promise<Answer> {
  const call = { connectorId: id, callId };
  if (await tools.db.as(actor, (db) => wasAnswered(db, call))) return NOTHING;
  const one = await tools.db.as(actor, (db) => findConnector(db, id));
  const page = readCall(one!, said);
  if (page.rows.length + (page.refused?.length ?? 0) > ROWS_MAX) {
    throw new Refusal(
      'request.too_large',
      `A call brings at most ${ROWS_MAX} rows. Nothing was kept. Send fewer at once.`,
    );
  }
  let answer = NOTHING;
  const kept = takePage(tools, actor, one!, page, async (trx, _before, taken, at) => {
    if (!(await keepCall(trx, { ...call, compartment, at }))) throw new KeptMeanwhile();
    answer = answerOf(taken);
    const held = await holdConnector(trx, id); // calls come side by side: each counts onto what the other has kept
    if (held.pausedAt || held.removedAt) throw new Refusal('webhook.not_signed', NOT_SIGNED);
    return saveConnector(trx, { ...countTaken(held, taken, at), lastTurnAt: at });
  });
  return kept.then(
    () => answer,
    (error: unknown) => {
      if (error instanceof KeptMeanwhile) return NOTHING;
      throw error;
    },
  );
}

function readCall({ kind, settings }: Connector, said: unknown) {
  try {
    return readerOf(kind).read(said, settings);
  } catch (error) {
    if (error instanceof Problem) throw new Refusal('request.invalid', error.words);
    throw error;
  }
}

const answerOf = ({ added, revised, unchanged, refused }: Taken): Answer => ({
  ...{ added, revised, unchanged },
  refused: refused.length,
});

/** Longer than any signature is valid, and than most senders try again. */
const KEPT_MS = 24 * 3_600_000;

export async function forgetCalls({ db, clock }: Tools): Promise<void> {
  const before = new Date(clock.now().getTime() - KEPT_MS);
  for (const compartment of await compartmentNames(db)) {
    await db.change(SYSTEM.connectors(compartment), (trx) => dropCalls(trx, before));
  }
}
