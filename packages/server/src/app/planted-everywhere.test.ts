/** Personal data planted in every field, brought in by every way, and looked for in every column of every table. */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { openFollower } from '../copies/index.ts';

let house: TestHouse;
let admin: Caller;
const answers = new Map<string, unknown>();
const other = createServer(({ url = '' }, answer) => void answer.end(JSON.stringify(answers.get(url))));
let there: string;
beforeAll(async () => {
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  there = `127.0.0.1:${(other.address() as { port: number }).port}`;
  house = await openHouse({ egressInternal: [there] });
  admin = house.as('admin');
});
afterAll(async () => {
  other.close();
  await house.close();
});

const TEXT = 'the payout did not come and nobody answers me';
const TS = '2026-03-01T10:00:00Z';
const MAPPING = {
  ...{ id: 'id', ts: 'ts', text: 'text', title: 'title', author: 'author', rating: 'rating', language: 'language' },
  ...{ updated_at: 'updated_at', tier: 'creator_tier', contact: 'dimension' },
};

/** Each mark begins with `zq` and says where it was planted. */
function plantedRows(way: string): Record<string, string>[] {
  const mail = (where: string) => `zq.${way}.${where}@planted-mail.example`;
  const phone = '+49 170 9988776';
  const row = (over: Record<string, string>) => ({
    id: randomUUID(),
    ts: TS,
    text: `${TEXT} ${randomUUID()}`,
    ...over,
  });
  const id = randomUUID();
  return [
    row({ text: `write to ${mail('text')} or call ${phone} please`, title: `about ${mail('title')}` }),
    row({ author: `zq ${way} author` }),
    row({ id: mail('id') }),
    row({ id: `ticket of ${mail('inid')}, 5` }),
    row({ id: `${phone}` }),
    row({ contact: mail('value') }),
    row({ contact: `from ${mail('invalue')} today` }),
    row({ contact: phone }),
    row({ tier: mail('tier') }),
    ...['language', 'rating', 'ts', 'updated_at'].map((field) => row({ [field]: mail(field) })),
    row({ id: mail('refused'), ts: 'never' }),
    row({ id: `of ${mail('inrefused')} x`, ts: 'never', text: mail('refusedtext') }),
    row({ id: phone, ts: 'never' }),
    row({ id, text: `old words with ${mail('revised')} in them` }),
    row({ id, text: 'new words without any of it here' }),
  ];
}

/** What is called by an address; only JSON can say such things. */
const oddRows = (way: string) => [
  { id: `${way} 1`, ts: TS, text: TEXT, [`zq.${way}.field@planted-mail.example`]: 1 },
  {
    id: `${way} 2`,
    ts: TS,
    text: TEXT,
    dimensions: { [`zq.${way}.name@planted-mail.example`]: 'yes', '+49 170 9988776': 'yes' },
  },
];

const asSignal = ({ contact, tier, ...row }: Record<string, string>) => ({
  ...row,
  ...(tier && { creator_tier: tier }),
  ...(contact && { dimensions: { contact } }),
});
const inCsv = (rows: readonly Record<string, string>[]): string => {
  const names = Object.keys(MAPPING);
  const cell = (said = '') => `"${said.replaceAll('"', '""')}"`;
  return [names, ...rows.map((row) => names.map((name) => row[name]))].map((line) => line.map(cell).join()).join('\n');
};

const aSource = async (name: string): Promise<string> =>
  (await admin.post('/api/sources', { name, kind: 'ticket', regions: ['DE'] })).body.id;
const connect = async (sourceId: string, kind: string, settings: object) =>
  (await admin.post('/api/connectors', { sourceId, kind, settings: { mapping: MAPPING, ...settings }, secrets: {} }))
    .body;

const WAYS: Record<string, (source: string, rows: Record<string, string>[]) => Promise<unknown>> = {
  request: (source, rows) =>
    admin.post(`/api/signals?source=${source}`, [...rows.map(asSignal), ...oddRows('request')]),
  async batch(source, rows) {
    const { token } = (await admin.post('/api/tokens', { name: 'batch', sourceId: source })).body;
    await house.http.inject({
      method: 'POST',
      url: '/api/signals/batch',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
      payload: [...rows.map(asSignal), ...oddRows('batch')].map((row) => JSON.stringify(row)).join('\n'),
    });
  },
  async file(source, rows) {
    const { id } = (await admin.post('/api/imports?fileName=reviews.csv', Buffer.from(inCsv(rows)))).body;
    await admin.post(`/api/imports/${id}/try`, { sourceId: source, mapping: MAPPING });
    await admin.post(`/api/imports/${id}/start`, { sourceId: source, mapping: MAPPING });
    await house.drainJobs();
  },
  async webhook(source, rows) {
    const { connector, secret } = await connect(source, 'standard_webhook', {});
    const at = Math.floor(house.now().getTime() / 1000);
    for (const row of rows) {
      const [id, body] = [randomUUID(), JSON.stringify([row])];
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      const signature = `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
      const headers = { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signature };
      await house.http.inject({ method: 'POST', url: connector.webhookPath, headers, payload: body });
    }
  },
  /** One connector for each row, so that each can be the last that was refused. */
  async poll(source, rows) {
    for (const [i, row] of rows.entries()) {
      answers.set(`/${i}`, [row]);
      await connect(source, 'json_poll', { address: `http://${there}/${i}` });
    }
    await house.drainJobs();
  },
};

/** Where `zq` stands, or the digits of the phone: `table.column: what`. */
async function found(): Promise<string[]> {
  const { rows: tables } = await house.owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const places: string[] = [];
  for (const { name } of tables) {
    const { rows } = await house.owner.query<{ place: string }>(
      `select distinct $1 || '.' || c.key || ': ' || coalesce(substring(c.value from 'zq[^"'']{1,60}'), 'phone') as place
         from ${name} t, jsonb_each_text(to_jsonb(t)) c where c.value ~* '\\mzq' or c.value ~ '170[ _]?9988776'`,
      [name],
    );
    places.push(...rows.map(({ place }) => place));
  }
  return places;
}

test.each(Object.keys(WAYS))('what a person is found by stands nowhere after it came by %s', async (way) => {
  const source = await aSource(way);
  const rows = plantedRows(way);
  await WAYS[way]!(source, rows);
  const { rows: counted } = await house.owner.query('select count(*)::int as n from signals where source_id = $1', [
    source,
  ]);
  expect(counted[0].n).toBeGreaterThanOrEqual(9); // it was read, not thrown away
  await openFollower({ db: house.tools.db, log: house.http.log as never }).drain();
  expect(await found()).toEqual([]);
});
