/** One case from its first moment to its last: a clock that moves on, the queue it lies in, and who has it. */
import { areaOf } from './area.ts';
import type { Activity, HandlingEvent, Harm } from './handling.ts';
import { DAY_MS, HOUR_MS } from './plan.ts';
import { DOCUMENT_VENDOR, DOCUMENTS, type FaultKind, type ProcessFault } from './process-faults.ts';
import { Chance, hash } from './random.ts';
import { DESKS, type Queue, type Staff } from './staff.ts';
import type { SimulatedSignal } from './world.ts';

const MINUTE_MS = 60_000;
const URGENCY = { urgent: 0.12, high: 0.5, normal: 1, low: 1.6 } as const;

interface Room {
  readonly staff: Staff;
  readonly faults: readonly ProcessFault[];
  readonly seed: number;
}

const QUEUE_OF: Readonly<Record<string, Queue>> = {
  account: 'Accounts',
  money: 'Payments',
  'creator tools': 'Creator tools',
  safety: 'Safety first line',
  'shop and ads': 'Shop and ads',
  app: 'App',
};

export class CaseRun {
  readonly events: HandlingEvent[] = [];
  readonly #harms: (Harm & { readonly at: number })[] = [];
  readonly #signal: SimulatedSignal;
  readonly #room: Room;
  readonly #chance: Chance;
  readonly #priority: HandlingEvent['priority'];
  #at: number;
  #queue: Queue;
  #owner = '';

  constructor(signal: SimulatedSignal, room: Room) {
    this.#signal = signal;
    this.#room = room;
    this.#chance = new Chance(room.seed, 'case', signal.id);
    this.#priority = priorityOf(signal);
    this.#at = signal.at;
    this.#queue = firstQueueOf(signal);
  }

  run(): void {
    this.#note('Created', null);
    this.#pass(5_000);
    this.#note('Queued', null);
    this.#assign(1);
    this.#route();
    const macro = this.#reply();
    if (this.#chance.is(ASKS[this.#signal.kind]!) && !this.#askBack()) return;
    this.#askVendor();
    this.#resolve(macro);
    this.#pass(3 * DAY_MS, 0);
    this.#note('Closed', null);
  }

  /** What a fault did that was over, or under way, when the world ended. */
  harmsBefore(end: number): Harm[] {
    return this.#harms
      .filter(({ at }) => at < end)
      .map(({ fault, extraMs, extraEvents }) => ({ fault, extraMs, extraEvents }));
  }

  #note(activity: Activity, resource: string | null, by: { macro?: string | null; vendor?: string } = {}): void {
    const { id: caseId, kind, confidential } = this.#signal;
    const where = { queue: this.#queue, priority: this.#priority, kind, confidential };
    this.events.push({
      caseId,
      activity,
      at: Math.round(this.#at),
      resource,
      macro: by.macro ?? null,
      vendor: by.vendor ?? null,
      ...where,
    });
  }

  /** Time goes by: about so much, `spread` of it by chance. */
  #pass(mean: number, spread = 1): void {
    this.#at += mean * (1 - spread) + spread * this.#chance.exponential(mean) + 1_000;
  }

  /** Work on a case: minutes, by whoever has it; after the end of a shift a colleague goes on. */
  #work(minutes: number): string {
    this.#pass(minutes * MINUTE_MS, 0.7);
    const there = this.#room.staff.onDuty(this.#queue, this.#at);
    if (!there.includes(this.#owner)) {
      this.#owner = this.#chance.pick(there);
      this.#note('Assigned', this.#owner);
      this.#pass(6 * MINUTE_MS);
    }
    return this.#owner;
  }

  #assign(share: number): void {
    const load = this.#room.staff.loadAt(this.#queue, this.#at);
    this.#pass(DESKS[this.#queue].waits * HOUR_MS * URGENCY[this.#priority] * load * share);
    this.#owner = this.#chance.pick(this.#room.staff.onDuty(this.#queue, this.#at));
    this.#note('Assigned', this.#owner);
  }

  #handOver(to: Queue): void {
    this.#note('Handed over', this.#work(8));
    this.#queue = to;
  }

  /** To where it belongs: what was sent to the wrong queue, what only specialists may judge, what nobody wants. */
  #route(): void {
    const { truth, exposure, kind } = this.#signal;
    const right = QUEUE_OF[areaOf(truth.label)]!;
    if (right !== this.#queue && this.#queue !== 'Safety specialists') {
      this.#handOver(right);
      this.#assign(0.6);
    }
    if (this.#queue === 'Safety first line' && (exposure >= 2 || this.#chance.is(kind === 'appeal' ? 0.25 : 0.08))) {
      this.#handOver('Safety specialists');
      this.#assign(0.8);
    }
    const fault = this.#struck('ping_pong');
    if (fault && this.#chance.is(0.65)) this.#bounce(fault);
  }

  /** Thrown back without being taken: the other queue looks at it and returns it, to the same person if there. */
  #bounce({ queues }: ProcessFault): void {
    const [since, steps, own] = [this.#at, this.events.length, this.#owner];
    const home = this.#queue;
    const other = queues.find((one) => one !== home)!;
    for (let round = this.#chance.between(1, 3); round > 0; round--) {
      this.#handOver(other);
      this.#wait(other);
      this.#owner = this.#chance.pick(this.#room.staff.onDuty(other, this.#at));
      this.#handOver(home);
      this.#wait(home);
      this.#owner = this.#backTo(own);
    }
    this.#note('Assigned', this.#owner);
    this.#harm('ping_pong', since, steps);
  }

  /** Mostly it waits for the one who had it; else whoever is there takes it. */
  #backTo(own: string): string {
    const there = () => this.#room.staff.onDuty(this.#queue, this.#at);
    const waits = this.#chance.is(0.8) ? 48 : 0;
    for (let hour = 0; hour < waits && !there().includes(own); hour++) this.#at += HOUR_MS;
    return there().includes(own) ? own : this.#chance.pick(there());
  }

  #wait(queue: Queue): void {
    this.#pass(1.4 * DESKS[queue].waits * HOUR_MS * this.#room.staff.loadAt(queue, this.#at));
  }

  /** The macro that was used; null for an answer in own words, or none. */
  #reply(): string | null {
    const quiet = this.#signal.kind === 'user_report' && this.#chance.is(0.6);
    if (quiet) return null;
    const macro = this.#chance.is(0.75) ? this.#macro() : null;
    this.#note('First reply', this.#work(18), { macro });
    return macro;
  }

  #macro(): string {
    const fault = this.#struck('wrong_macro');
    if (fault?.queues.includes(this.#queue)) return fault.name!;
    const [topic = ''] = this.#signal.truth.label.split('/');
    const number = 11 + (hash(topic) % 40);
    return `${DESKS[this.#queue].mark}-${number} ${(topic.split('.')[1] ?? topic).replaceAll('_', ' ')}`;
  }

  /** False when the requester never answers: the case closes by itself. */
  #askBack(): boolean {
    this.#pass(4 * MINUTE_MS);
    this.#note('Waiting for requester', this.#owner);
    if (this.#chance.is(0.2)) {
      this.#pass(5 * DAY_MS, 0);
      this.#note('Closed', null);
      return false;
    }
    this.#pass(13 * HOUR_MS);
    this.#note('Requester replied', null);
    this.#pass(1.5 * HOUR_MS);
    this.#note('Reply', this.#work(12));
    return true;
  }

  #askVendor(): void {
    const vendor = this.#vendor();
    if (!vendor) return;
    this.#note('Sent to vendor', this.#work(7), { vendor });
    const slow = vendor === DOCUMENT_VENDOR && this.#struck('slow_vendor') !== null;
    const since = this.#at;
    this.#pass(6 * HOUR_MS, 0.6);
    if (slow) {
      const usual = this.#at;
      this.#at = since + (this.#at - since) * 9;
      this.#harms.push({ fault: 'slow_vendor', at: usual, extraMs: Math.round(this.#at - usual), extraEvents: 0 });
    }
    this.#note('Vendor answered', null, { vendor });
  }

  #vendor(): string | null {
    const { label } = this.#signal.truth;
    if (DOCUMENTS.includes(label)) return this.#chance.is(0.85) ? DOCUMENT_VENDOR : null;
    if (/^(payout|monetisation\.payout)/.test(label) && this.#chance.is(0.3)) return 'payout bank';
    return label.startsWith('shop.order_or_delivery') && this.#chance.is(0.4) ? 'parcel carrier' : null;
  }

  /** Who was answered by a text that does not help writes again more often than others. */
  #resolve(macro: string | null): void {
    this.#note('Resolved', this.#work(10), { macro });
    const wrong = macro !== null && this.#room.faults.some(({ name }) => name === macro);
    if (!this.#chance.is(wrong ? 0.5 : this.#signal.kind === 'user_report' ? 0.02 : 0.06)) return;
    const [since, steps] = [this.#at, this.events.length];
    for (let again = true; again; again = wrong && this.#chance.is(0.3)) {
      this.#pass(9 * HOUR_MS);
      this.#note('Re-opened', null);
      this.#assign(0.7);
      this.#note('Reply', this.#work(15));
      this.#note('Resolved', this.#work(6));
    }
    if (wrong) this.#harm('wrong_macro', since, steps);
  }

  #harm(fault: FaultKind, since: number, steps: number): void {
    const extraMs = Math.round(this.#at - since);
    this.#harms.push({ fault, at: since, extraMs, extraEvents: this.events.length - steps });
  }

  /** The fault of that kind, where it can strike this case by now. */
  #struck(kind: FaultKind): ProcessFault | null {
    const { label } = this.#signal.truth;
    const fault = this.#room.faults.find((one) => one.kind === kind)!;
    const [at, queue] = [this.#at, this.#queue];
    const here = kind !== 'ping_pong' || fault.queues.includes(queue);
    return here && at >= fault.from && fault.labels.includes(label) ? fault : null;
  }
}

/** How often support has to ask back. */
const ASKS: Readonly<Record<string, number>> = { ticket: 0.32, appeal: 0.18, user_report: 0.04 };

function priorityOf({ exposure, confidential, tier, truth }: SimulatedSignal): HandlingEvent['priority'] {
  if (confidential || exposure >= 3) return 'urgent';
  if (exposure >= 2 || tier === 'macro' || tier === 'mega') return 'high';
  if (/^(takeover|payout|account_access\.account_takeover)/.test(truth.label)) return 'high';
  return truth.label.startsWith('talk.') ? 'low' : 'normal';
}

function firstQueueOf({ kind, confidential, dimensions }: SimulatedSignal): Queue {
  if (confidential) return 'Safety specialists';
  return kind === 'user_report' ? 'Safety first line' : (QUEUE_OF[dimensions.area ?? 'safety'] ?? 'App');
}
