/** Whose issues are: asked by name, by team, as mine or nobody's; and who could be given one. */
import { type FieldTest, OWNER_WORDS } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Reader } from './comment.ts';

type Sql = RawBuilder<unknown>;

/** Whoever asks, once for the whole statement; null for what is no person. */
export const ME = sql`(select id from people where id::text = current_setting('app.actor', true))`;

/** A condition on `issues`; null for a value that the field cannot have. */
export function ownerSql(test: FieldTest): Sql | null {
  if (test.is === 'range') return null;
  const said = wordOf(test.text);
  if (test.is === 'value' && said === 'me') return sql`owner_id = ${ME}`;
  if (test.is === 'value' && said === 'nobody') return sql`owner_id is null`;
  const begins = `${patternOf(said)}%`;
  if (test.is === 'beginning') return sql`owner_id in (select id from people where lower(name) like ${begins})`;
  // a part of a name counts where nobody and no team is called exactly so
  return sql`owner_id in (
    select id from people
     where id::text = ${said} or lower(name) = ${said}
        or (lower(name) like ${`%${begins}`} and not exists (select from people where lower(name) = ${said})
            and not exists (select from teams where lower(name) = ${said}))
    union all
    select m.person_id from team_members m join teams t on t.id = m.team_id
     where t.id::text = ${said} or lower(t.name) = ${said})`;
}

const wordOf = (text: string): string => text.toWellFormed().replaceAll('\0', '').toLowerCase();
const patternOf = (said: string): string => said.replaceAll(/[\\%_]/g, '\\$&');

/** Who is named where this reader may look: those who may see one of their compartments, and who owns what they see. */
const PEOPLE_HERE = sql`
  select r.id, r.name from unnest(string_to_array(current_setting('app.compartments', true), ',')) c, app.readers_of(c) r
  union
  select p.id, p.name from people p where exists (select from issues i where i.owner_id = p.id)`;

/** Whether anybody is meant: a person of whom this reader may know, or a team. */
export async function isOwnerKnown(db: Db, tests: readonly FieldTest[]): Promise<boolean> {
  const said = tests.flatMap((test) => (test.is === 'range' ? [] : [wordOf(test.text)]));
  if (said.some((word) => (OWNER_WORDS as readonly string[]).includes(word))) return true;
  const parts = said.map((word) => `%${patternOf(word)}%`);
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from (${PEOPLE_HERE}) p where lower(p.name) like any(${parts}::text[]) or p.id::text = any(${said}::text[]))
        or exists (select from teams where lower(name) = any(${said}::text[]) or id::text = any(${said}::text[])) as known`.execute(
    db,
  );
  return rows[0]!.known;
}

export interface OwnerCount {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** For the help while one types: whoever asks, nobody, people and teams, with how many open issues are theirs. */
export async function suggestOwners(db: Db, begun: string, limit: number): Promise<OwnerCount[]> {
  const said = `%${patternOf(wordOf(begun))}%`;
  const { rows } = await sql<OwnerCount>`
    with owned as (
      select owner_id as id, count(*)::int as n from issues
       where not state = any('{verified,duplicate,dismissed,risk_accepted}') group by 1)
    select value, value as label, count from (
      select 0 as rank, 'me' as value, coalesce((select n from owned where id = ${ME}), 0) as count where ${ME} is not null
      union all select 1, 'nobody', coalesce((select n from owned where id is null), 0)
      union all select 2, p.name, coalesce(o.n, 0) from (${PEOPLE_HERE}) p left join owned o on o.id = p.id
      union all select 3, t.name, (select coalesce(sum(o.n), 0)::int from owned o join team_members m on m.person_id = o.id
                                    where m.team_id = t.id) from teams t) all_of_them
     where lower(value) like ${said} order by rank, count desc, lower(value) limit ${limit}`.execute(db);
  return rows;
}

export interface Giveable extends Reader {
  readonly compartments: string[];
}

/** Asked of each of one's own compartments. */
export async function listGiveable(db: Db): Promise<Giveable[]> {
  const { rows } = await sql<Giveable>`
    select r.id, r.name, array_agg(c order by c) as compartments
      from unnest(string_to_array(current_setting('app.compartments', true), ',')) c, app.readers_of(c) r
     group by r.id, r.name order by lower(r.name), r.id`.execute(db);
  return rows;
}
