/** What laws give for time, at rest. They belong to the house; lines are added, and the one before is ended. */
import { type ClockMetric, Refusal } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

export interface LegalLine {
  readonly id: string;
  readonly code: string;
  readonly jurisdiction: string;
  readonly trigger: string;
  readonly minutes: number | null;
  /** Which clock of a case it sets; null where it gives others a time. */
  readonly metric: ClockMetric | null;
  readonly source: string;
  readonly confirmed: boolean;
  /** Days as `2026-02-20`: a law begins with a day, not with a moment of one zone. */
  readonly from: string;
  readonly until: string | null;
}

const LINE = sql`id, code, jurisdiction, trigger, minutes, metric, source, confirmed, to_char(valid_from, 'YYYY-MM-DD') as "from",
  to_char(valid_until, 'YYYY-MM-DD') as until`;

/** With a day, those in effect then. */
export async function legalLines(db: Db, day: string | undefined): Promise<LegalLine[]> {
  const { rows } = await sql<LegalLine>`
    select ${LINE} from legal_clocks
     where ${day ?? null}::date is null or (valid_from <= ${day ?? null}::date and coalesce(valid_until > ${day ?? null}::date, true))
     order by jurisdiction, code, valid_from desc`.execute(db);
  return rows;
}

/** The line of a code that is in effect on a day. */
export async function legalLine(db: Db, code: string, day: string): Promise<LegalLine> {
  const line = (await legalLines(db, day)).find((one) => one.code === code);
  if (line) return line;
  throw new Refusal(
    'case.unknown_law',
    'No legal clock of that name is in effect today. Choose one of those in the list.',
    {
      code,
    },
  );
}

/** Of a line that names no clock: as the line before it did. A law that is new here most often says by when harm is to be gone. */
async function metricBefore(db: Db, code: string): Promise<ClockMetric | null> {
  const before = (await legalLines(db, undefined)).find((one) => one.code === code);
  return before ? before.metric : 'containment';
}

/** The line before it ends where this one begins. */
export async function insertLegalLine(
  trx: Trx,
  line: Omit<LegalLine, 'id' | 'metric'> & { readonly metric?: ClockMetric | null | undefined },
  by: string,
): Promise<LegalLine> {
  const metric = line.metric === undefined ? await metricBefore(trx, line.code) : line.metric;
  const later =
    await sql`select from legal_clocks where code = ${line.code} and valid_from >= ${line.from}::date`.execute(trx);
  if (later.rows.length > 0) {
    throw new Refusal(
      'case.law_overlaps',
      'There is a line of this clock that begins on that day or later. A line is added behind the last; give a later day.',
    );
  }
  await sql`update legal_clocks set valid_until = ${line.from}::date
             where code = ${line.code} and (valid_until is null or valid_until > ${line.from}::date)`.execute(trx);
  const { rows } = await sql<LegalLine>`
    insert into legal_clocks (code, jurisdiction, trigger, minutes, metric, source, confirmed, valid_from, valid_until, made_by)
    values (${line.code}, ${line.jurisdiction}, ${line.trigger}, ${line.minutes}, ${metric}, ${line.source}, ${line.confirmed},
            ${line.from}, ${line.until}, ${by}) returning ${LINE}`.execute(trx);
  return rows[0]!;
}
