/** For tests: sends texts as a sender does, and looks at what became of them. */
import { openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import type { Gate } from '../platform/db.ts';
import { openLog } from '../platform/log.ts';
import { takeSignals } from '../signals/index.ts';
import { type Follower, type Memory, openFollower, USUAL_MEMORY } from './follower.ts';

export const SMALL: Memory = { ...USUAL_MEMORY, texts: 400, perTurn: 40 };

export interface Sent {
  readonly id: string;
  readonly text: string;
  readonly author?: string | null;
  readonly at?: Date;
  readonly updatedAt?: Date;
  readonly exposure?: number;
  readonly language?: string;
}

export interface CopiesHouse extends TestHouse {
  givenSource(name: string, compartment?: string): Promise<string>;
  send(source: string, rows: readonly Sent[], compartment?: string): Promise<void>;
  follower(memory?: Memory, db?: Gate): Follower;
}

const HOUR_MS = 3_600_000;
export const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * HOUR_MS);

export async function openCopiesHouse(): Promise<CopiesHouse> {
  const house = await openHouse();
  const log = openLog(process.env.LOG_LEVEL ?? 'silent');
  return {
    ...house,
    async givenSource(name, compartment = 'open') {
      await house.givenCompartment(compartment);
      const { rows } = await house.owner.query(
        `insert into sources (compartment, name, kind, created_at) values ($1, $2, 'app_review', $3) returning id`,
        [compartment, name, house.now()],
      );
      return rows[0].id;
    },
    async send(source, rows, compartment = 'open') {
      const given = rows.map(({ id, text, author = null, at = house.now(), updatedAt, exposure, language }, i) => ({
        row: i + 1,
        value: {
          id,
          text,
          author,
          ts: at.toISOString(),
          exposure,
          language,
          ...(updatedAt && { updated_at: updatedAt.toISOString() }),
        },
      }));
      for (let from = 0; from < given.length; from += 100) {
        await takeSignals(house.tools, SYSTEM.intake(compartment), source, given.slice(from, from + 100));
      }
    },
    follower: (memory = SMALL, db = house.tools.db) => openFollower({ ...house.tools, db, log }, memory),
  };
}

/** All that the follower has said, in an order that never changes. */
export async function everything(house: TestHouse) {
  const read = async (query: string) => (await house.owner.query(query)).rows;
  return {
    groups: await read('select * from copy_groups order by id'),
    members: await read('select * from signal_copies order by signal_id'),
    tallies: await read('select * from copy_tallies order by group_id, kind, value'),
  };
}

/** What the counts of every group would be if they were counted now. */
export async function recounted(house: TestHouse) {
  const { rows } = await house.owner.query(
    `select group_id as id, count(*)::int as signals, (count(*) filter (where exact))::int as exact,
            nullif(count(distinct author), 0)::int as authors,
            (select max(n)::int from (select count(*) as n from signal_copies o where o.group_id = c.group_id
                                         and o.author is not null group by o.author) by_author) as most_by_one,
            (select max(n)::int from (select count(*) as n from signal_copies o where o.group_id = c.group_id
                                       group by date_trunc('hour', o.at, 'UTC')) by_hour) as busiest_hour
       from signal_copies c group by group_id order by group_id`,
  );
  return rows;
}
