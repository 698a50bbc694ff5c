/**
 * Rows of the background on their way in, kept whole or not at all: half a day of active users would be a number that is
 * wrong and looks right. When this returns, what it says was added is on disk; when it does not, nothing was changed, and
 * the same again is the same delivery.
 */
import { hash } from 'node:crypto';
import { Refusal, type Sent } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { openMemory, type Said, sayOnce, waitForTurn } from './delivery.store.ts';
import { addUp, type IncomingRow, judgeRows, nothingBut, saysSomethingElse, type Verdict } from './judged.ts';
import { type Portion, readUpload, type Upload } from './upload.ts';

export interface Kept {
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
}

/** One delivery of one kind of row. */
export interface Taking<T> {
  readonly read: (value: unknown) => Verdict<T>;
  /** What the row is about: of the same there is one. */
  readonly keyOf: (value: T) => string;
  readonly keep: (trx: Trx, rows: readonly T[]) => Promise<Kept>;
  /** Into the log of events, when anything was changed. */
  readonly tell: (trx: Trx) => Promise<void>;
}

export function mustSendTo(actor: Actor, compartment: string): void {
  mustHave(actor, 'background.send');
  if (actor.compartments.includes(compartment)) return;
  throw new Refusal('access.not_allowed', 'You are not in this compartment. Choose one that you are in.');
}

export function takeRows<T>(
  { db }: Tools,
  actor: Actor,
  rows: readonly IncomingRow[],
  taking: Taking<T>,
): Promise<Sent> {
  return db.change(actor, (trx) => takeAll(trx, [{ rows, faults: [] }], taking));
}

/** Written down before the transaction begins: nobody holds one open by sending a byte now and then. */
export function takeFile<T>(
  { db, files }: Tools,
  actor: Actor,
  { compartment, ...upload }: Upload & { compartment: string },
  taking: Taking<T>,
): Promise<Sent> {
  return readUpload(files, upload, (portions) =>
    db.change(actor, async (trx) => {
      await waitForTurn(trx, compartment);
      return takeAll(trx, portions, taking);
    }),
  );
}

async function takeAll<T>(
  trx: Trx,
  portions: AsyncIterable<Portion> | Iterable<Portion>,
  taking: Taking<T>,
): Promise<Sent> {
  const contradictions = tellApart(trx, taking.keyOf);
  let sum = nothingBut([]);
  for await (const { rows, faults } of portions) {
    const { good, refused } = judgeRows(rows, taking.read, taking.keyOf);
    const against = await contradictions(good);
    const late = good.filter(({ row }) => against.has(row)).map(({ row }) => saysSomethingElse(row, against.get(row)!));
    const stand = good.filter(({ row }) => !against.has(row));
    const once = [...new Map(stand.map(({ value }) => [taking.keyOf(value), value])).values()];
    const kept = once.length > 0 ? await taking.keep(trx, once) : { added: 0, replaced: 0, unchanged: 0 };
    const bad = [...refused, ...late, ...faults].sort((a, b) => a.row - b.row);
    const unchanged = kept.unchanged + stand.length - once.length;
    sum = addUp([sum, { ...nothingBut(bad), ...kept, unchanged }]); // at once: millions of bad rows keep a thousand reasons
  }
  if (sum.added + sum.replaced > 0) await taking.tell(trx);
  return sum;
}

type Good<T> = readonly { readonly row: number; readonly value: T }[];

/** Within a portion the judge knows. From the second portion on the database remembers what the ones before have said. */
function tellApart<T>(trx: Trx, keyOf: (value: T) => string) {
  const asSaid = (good: Good<T>): Said[] =>
    good.map(({ row, value }) => ({ row, key: asUuid(keyOf(value)), said: asUuid(JSON.stringify(value)) }));
  const before: { first?: Good<T>; open: boolean } = { open: false };
  return async (good: Good<T>): Promise<ReadonlyMap<number, number>> => {
    if (!before.first) {
      before.first = good;
      return new Map();
    }
    if (!before.open) {
      await openMemory(trx);
      await sayOnce(trx, asSaid(before.first));
      before.open = true;
      before.first = [];
    }
    return sayOnce(trx, asSaid(good));
  };
}

const asUuid = (text: string): string => hash('sha256', text, 'hex').slice(0, 32);
