/** For tests: people who complain, by a seeded grammar. Some things they say all the time; one day many say one new thing. */
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { TestHouse } from '../../test/house.ts';

export interface Said {
  readonly at: Date;
  readonly text: string;
  readonly author: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** mulberry32: small, seeded, good enough to shuffle words. */
function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const USUAL = [
  ['the dark mode', 'my dark theme', 'night mode'].map((a) => [a, ['is too bright', 'hurts my eyes', 'has grey text']]),
  ['notifications', 'push messages', 'the reminders'].map((a) => [
    a,
    ['come too late', 'are far too many', 'ring at night'],
  ]),
  ['the search box', 'searching', 'the search page'].map((a) => [
    a,
    ['finds nothing', 'is slow today', 'shows old videos'],
  ]),
  ['my subscription', 'the monthly plan', 'premium'].map((a) => [
    a,
    ['costs too much', 'renewed without asking', 'cannot be ended'],
  ]),
  ['the comments', 'replies under my post', 'comment filter'].map((a) => [
    a,
    ['disappear', 'load forever', 'hide good words'],
  ]),
  ['battery', 'my phone battery', 'power use'].map((a) => [
    a,
    ['drains fast', 'is empty by noon', 'gets the phone hot'],
  ]),
  ['subtitles', 'captions', 'automatic captions'].map((a) => [
    a,
    ['are out of sync', 'miss half the words', 'stay in english'],
  ]),
  ['the profile picture', 'my avatar', 'the banner'].map((a) => [
    a,
    ['looks blurry', 'was cropped', 'will not change'],
  ]),
] as const;
const TAILS = [
  'please help',
  'since a while',
  'again',
  'very annoying',
  'what can I do',
  'thanks anyway',
  'on my tablet',
  '',
];
const NEWS_HEADS = ['my video upload', 'uploading a clip', 'every upload', 'the upload of my video'];
const NEWS = [
  'stops at ninety nine percent',
  'is stuck at ninety nine percent',
  'hangs at ninety nine percent and fails',
];

const DAY_MS = 86_400_000;

export interface Weeks {
  readonly seed: number;
  readonly start: Date;
  readonly days: number;
  readonly perDay: number;
  /** On which day so many people say the new thing, most of them with one version of the app. */
  readonly burst?: { readonly day: number; readonly count: number };
}

export function sayings({ seed, start, days, perDay, burst }: Weeks): Said[] {
  const random = chance(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const said: Said[] = [];
  const say = (day: number, text: string, version: string) => {
    const at = new Date(start.getTime() + Math.floor((day + random()) * DAY_MS));
    said.push({
      at,
      text,
      author: `p${Math.floor(random() * 1e9)}`,
      dimensions: { version, country: pick(['DE', 'BR', 'JP']) },
    });
  };
  for (let day = 0; day < days; day++) {
    for (let i = 0; i < perDay; i++) {
      const [head, ways] = pick(pick(USUAL)) as [string, string[]];
      say(day, `${head} ${pick(ways)} ${pick(TAILS)}`.trim(), pick(['31.0', '31.1', '31.2']));
    }
    for (let i = 0; burst?.day === day && i < burst.count; i++) {
      say(day, `${pick(NEWS_HEADS)} ${pick(NEWS)} ${pick(TAILS)}`.trim(), random() < 0.9 ? '31.2' : '31.1');
    }
  }
  return said.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** An id that is the same in every house. */
export const fixedId = (word: string): string =>
  createHash('md5')
    .update(word)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');

export interface Gift {
  readonly source: string;
  readonly compartment?: string;
  readonly importId?: string;
  readonly batchRows?: number;
  /** An open transaction of the caller's. */
  readonly via?: PoolClient;
}

/** Puts signals into the house as intake does, with the same ids each time: sources, batches, rows, counts. */
export async function giveSignals(house: TestHouse, said: readonly Said[], gift: Gift): Promise<string[]> {
  const { source, compartment = 'open', importId = null, batchRows = 100, via = house.owner } = gift;
  const sourceId = fixedId(`source ${source}`);
  await via.query(
    `insert into sources (id, compartment, name, kind, created_at, has_authors) values ($1, $2, $3, 'feedback', $4, true)
     on conflict do nothing`,
    [sourceId, compartment, source, house.now()],
  );
  const ids = said.map((one, i) => fixedId(`${source} ${importId} ${i} ${one.at.getTime()} ${one.text}`));
  for (let from = 0; from < said.length; from += batchRows) {
    const rows = said.slice(from, from + batchRows).map((one, i) => ({ ...one, id: ids[from + i] }));
    await via.query(
      `with batch as (insert into intake_batches (compartment, source_id, import_id, row_count, received_at)
                      values ($1, $2, $3, $4, $5) returning id)
       insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
                            arrived_latest, at, received_at, kind, text, length, author, dimensions, search)
       select r.id, r.id, $1, $2, batch.id, r.id::text, '1', r.at, true, true, r.at, $5, 'feedback', r.text, length(r.text),
              r.author, r.dimensions, to_tsvector('simple', r.text)
         from batch, json_to_recordset($6) r (id uuid, at timestamptz, text text, author text, dimensions jsonb)`,
      [compartment, sourceId, importId, rows.length, house.now(), JSON.stringify(rows)],
    );
  }
  await via.query(
    `insert into signal_counts (compartment, source_id, hour, signals)
     select $1, $2, date_trunc('hour', at), count(*)
       from unnest($3::timestamptz[]) at group by 3
     on conflict (compartment, source_id, hour) do update set signals = signal_counts.signals + excluded.signals`,
    [compartment, sourceId, said.map(({ at }) => at)],
  );
  await via.query(
    `update sources set signals = signals + $2, last_received_at = $3, last_event_at = $4 where id = $1`,
    [sourceId, said.length, house.now(), said.at(-1)?.at ?? null],
  );
  return ids;
}
