/**
 * Asking the other side, in turns. Rows and the place behind them are kept in one transaction, so whatever ends a turn, the
 * next asks for at most one page again, and a page that came before changes nothing.
 */
import { randomUUID } from 'node:crypto';
import { Refusal } from '@groundswell/contract';
import { type Actor, compartmentNames, SYSTEM } from '../access/index.ts';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { Problem, type Secrets } from './adapter.ts';
import { TAKE_TURN } from './connector.actions.ts';
import { compartmentOfConnector, dueConnectors, findConnector, holdSilent, saveConnector } from './connector.store.ts';
import {
  advance,
  type Connector,
  countTaken,
  endTurn,
  fail,
  handOver,
  type Lane,
  nextLane,
  pagesLeft,
  STALLED_AFTER_MS,
  type Trouble,
  takeUp,
  waitForMinute,
} from './connector.ts';
import { netFor, pollPage } from './connector-poll.ts';
import { takePage } from './connector-rows.actions.ts';
import { openSecrets, withoutSecrets } from './connector-secrets.ts';
import { adapterOf } from './known-kinds.ts';

const MINUTE_MS = 60_000;
/** Then the job ends and the next begins: a stop of the server never waits for a long walk. */
const TURN_MS = MINUTE_MS;

/** Starts a turn of every connector whose time has come, and of those whose runner has been silent too long. */
export async function startTurns({ db, clock }: Tools, silentMs = STALLED_AFTER_MS): Promise<void> {
  const at = clock.now();
  for (const compartment of await compartmentNames(db)) {
    await db.change(SYSTEM.connectors(compartment), async (trx) => {
      for (const dead of await holdSilent(trx, new Date(at.getTime() - silentMs))) {
        await saveConnector(trx, handOver(dead, at));
      }
      for (const connectorId of await dueConnectors(trx, at)) await enqueue(trx, TAKE_TURN, { connectorId });
    });
  }
}

/** One turn. Does nothing if somebody else is at it, or if it is not time. */
export async function takeTurn(tools: Tools, connectorId: string): Promise<void> {
  const compartment = await compartmentOfConnector(tools.db, connectorId);
  if (compartment === null) return;
  const actor = SYSTEM.connectors(compartment);
  const mine = await takeUpConnector(tools, actor, connectorId);
  if (!mine) return;
  const hand: { secrets: Secrets; one: Connector } = { secrets: {}, one: mine };
  try {
    hand.secrets = openSecrets(tools.vault, mine).values;
    await takePages(tools, actor, hand);
  } catch (error) {
    if (isLost(error)) return;
    await giveUp(tools, actor, hand, error);
    if (!(error instanceof Problem)) throw error; // to the log, whole
  }
}

/** Paused, changed or taken over meanwhile: what we had not kept is asked for again by whoever comes next. */
const isLost = (error: unknown): boolean => error instanceof Refusal && error.code === 'connector.wrong_state';

/** Null if it is not to be had: two that come at once both read the same version, and only one of them keeps the next. */
async function takeUpConnector({ db, clock }: Tools, actor: Actor, id: string): Promise<Connector | null> {
  const taken = db.change(actor, async (trx) => {
    const found = await findConnector(trx, id);
    const mine = found && takeUp(found, randomUUID(), clock.now());
    return mine ? saveConnector(trx, mine) : null;
  });
  return taken.catch((error: unknown) => {
    if (isLost(error)) return null;
    throw error;
  });
}

async function takePages(tools: Tools, actor: Actor, hand: { secrets: Secrets; one: Connector }): Promise<void> {
  const { settings, kind } = hand.one;
  const adapter = adapterOf(kind);
  const net = netFor(tools.net, adapter, settings, hand.secrets);
  const startedAt = tools.clock.now();
  if (pagesLeft(hand.one, adapter.pagesPerMinute, startedAt) === 0) {
    await tools.db.change(actor, (trx) => saveConnector(trx, waitForMinute(hand.one, startedAt)));
    return;
  }
  let lane: Lane | null = 'live';
  let liveDone = false;
  while (lane) {
    const { one, secrets } = hand;
    const [cursor, from] =
      lane === 'live' ? [one.cursor, one.beginAt] : ([one.backfillCursor, one.backfillFrom!] as const);
    const page = await pollPage(adapter, { settings, secrets, net, now: tools.clock.now(), cursor, from });
    if (lane === 'live') liveDone = !page.more;
    const asked: Lane = lane;
    hand.one = await takePage(tools, actor, one, page, async (trx, before, taken, now) => {
      const after = advance(countTaken(before, taken, now), asked, page, now);
      if (one.tries > 0) await recordHealth(trx, actor, after, now, null);
      lane = nextLane(after, asked, liveDone);
      const next = nextStep(after, { isDone: lane === null, startedAt, perMinute: adapter.pagesPerMinute }, now);
      if (next.runner === null) lane = null;
      if (next.runner === null && next.dueAt! <= now) await enqueue(trx, TAKE_TURN, { connectorId: one.id });
      return saveConnector(trx, next);
    });
  }
}

/** On to the next page, or the end of this turn. */
function nextStep(
  one: Connector,
  { isDone, startedAt, perMinute }: { isDone: boolean; startedAt: Date; perMinute: number },
  now: Date,
): Connector {
  if (isDone) return endTurn(one, startedAt, now);
  if (pagesLeft(one, perMinute, now) === 0) return { ...waitForMinute(one, now), lastTurnAt: now };
  const isLong = now.getTime() - startedAt.getTime() >= TURN_MS;
  return isLong ? { ...handOver(one, now), lastTurnAt: now } : one;
}

const KEPT = 'What came before is kept; it is tried again by itself.';
const FAULT = `The turn stopped because of a fault on our side, which was written to the log. ${KEPT}`;
const FULL = `The disk of the database is full. ${KEPT} Make room there.`;
const AWAY = `The database was away for a moment. ${KEPT}`;
/** SQLSTATEs and system calls; a driver whose connection is cut has words only. */
const IS_AWAY = /^(57P0\d|08\d{3}|53300|ECONN\w+|EPIPE)$/;
const IS_LOST = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;

function troubleOf(error: unknown, secrets: Secrets): Trouble {
  if (error instanceof Problem) {
    const { words, lasting, retryAfterMs } = error;
    return { words: withoutSecrets(words, secrets), lasting, retryAfterMs };
  }
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  const words = code === '53100' ? FULL : IS_AWAY.test(code) || IS_LOST.test(message) ? AWAY : FAULT;
  return { words, lasting: false, retryAfterMs: null };
}

/** Says what went wrong, unless somebody else has it by now. If even that fails, the clock finds the silent turn later. */
async function giveUp(
  { db, clock }: Tools,
  actor: Actor,
  { one, secrets }: { one: Connector; secrets: Secrets },
  error: unknown,
): Promise<void> {
  const at = clock.now();
  const say = db.change(actor, async (trx) => {
    await saveConnector(trx, fail(one, troubleOf(error, secrets), at));
    const code = error instanceof Problem ? (error.lasting ? 'lasting' : 'passing') : 'fault';
    if (one.tries === 0) await recordHealth(trx, actor, one, at, code);
  });
  await say.catch(() => {}); // the first error is the one to tell
}

/** Once when it begins to fail, and once when it works again. */
function recordHealth(trx: Trx, actor: Actor, { id, compartment }: Connector, at: Date, problem: string | null) {
  const subject = { kind: 'connector', id } as const;
  return problem === null
    ? record(trx, actor, { name: 'connector.recovered', at, compartment, subject, payload: { connectorId: id } })
    : record(trx, actor, {
        name: 'connector.failing',
        at,
        compartment,
        subject,
        payload: { connectorId: id, problem },
      });
}
