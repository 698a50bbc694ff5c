/** Whom an issue hurts: counted over real rows, learnt from known cohorts, and decided with reasons, behind the wall. */
import { FIRST_RULES } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { fixedId } from '../topics/grammar.fixture.ts';
import { countPeople } from './impact.store.ts';

let house: TestHouse;
let lead: Caller;
const DAY = 86_400_000;

beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
  lead = house.as('lead');
  await lead.get('/api/session');
  for (let i = 1; i <= 5; i++) await givenIssue(i, 'open');
  await givenIssue(6, 'legal');
});
afterAll(() => house.close());

const id = (i: number) => fixedId(`issue ${i}`);

async function givenIssue(i: number, compartment: string): Promise<void> {
  const [run, topic, alert] = [`run ${compartment}`, `topic ${i}`, `alert ${i}`].map(fixedId);
  const at = house.now();
  const give = (text: string, values: unknown[]) => house.owner.query(text, values);
  await give(
    `insert into engine_runs (id, compartment, state, created_at) values ($1, $2, 'running', $3) on conflict do nothing`,
    [run, compartment, at],
  );
  await give(
    `insert into topics values ($1::uuid, $5, $2, $1::text, $3, '{}', $1::uuid, $4, $4, null, 1, 100, 0.1, $4)`,
    [topic, run, `label ${i}`, at, compartment],
  );
  await give(
    `insert into alerts values ($1, $5, $2, $4, false, $3, $3, $6, 'new', 9, 1, 0, 3, 12, 10, null, '{}', 1, 100, 0.1, 9, $3)`,
    [alert, topic, at, run, compartment, new Date(at.getTime() - 2 * DAY)],
  );
  await give(
    `insert into issues (id, compartment, number, topic_id, alert_id, state, historical, label, onset_at, noticed_at,
                         observed, expected, signals, people, ratio, counted_at, created_at, changed_at)
     values ($1, $6, $2, $3, $4, 'suspected', false, $7, $8, $5, 9, 1, 9, 9, 9, $5, $5, $5)`,
    [id(i), i, topic, alert, at, compartment, `label ${i}`, new Date(at.getTime() - 2 * DAY)],
  );
}

interface Told {
  author: string | null;
  tier?: string | null;
  country?: string;
  hoursAgo?: number;
}

async function givenSignals(i: number, told: readonly Told[], compartment = 'open'): Promise<void> {
  const rows = told.map((one, n) => ({
    id: fixedId(`signal ${i} ${n}`),
    author: one.author,
    tier: one.tier ?? null,
    country: one.country ?? 'DE',
    at: new Date(house.now().getTime() - (one.hoursAgo ?? 1) * 3_600_000),
  }));
  const recordset = `from json_to_recordset($1::json) as r (id uuid, author text, tier text, country text, at timestamptz)`;
  await house.owner.query(
    `insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
                          arrived_latest, at, received_at, kind, text, length, author, creator_tier, dimensions, search)
     select id, id, $2, id, 1, id, '1', at, true, true, at, at, 'ticket', 'word', 4, author, tier,
            jsonb_build_object('country', country), '' ${recordset}`,
    [JSON.stringify(rows), compartment],
  );
  await house.owner.query(
    `insert into topic_signals (signal_id, compartment, topic_id, at) select id, $2, $3, at ${recordset}`,
    [JSON.stringify(rows), compartment, fixedId(`topic ${i}`)],
  );
}

const many = (n: number, of: (k: number) => Told): Told[] => Array.from({ length: n }, (_, k) => of(k));
const impact = async (i: number, who = lead) => (await who.get(`/api/issues/${id(i)}/impact`)).body;

test('people are counted once each, by tier and by country, and who is nameless is said', async () => {
  await givenSignals(1, [
    ...many(30, (k) => ({ author: `a${k % 20}`, tier: k % 20 < 5 ? 'large' : 'small', country: k % 2 ? 'BR' : 'US' })),
    ...many(4, () => ({ author: null })),
  ]);
  expect(await impact(1)).toMatchObject({
    people: 20,
    error: 0,
    nameless: 4,
    tiers: [
      { value: 'small', people: 15 },
      { value: 'large', people: 5 },
    ],
    countries: [
      { value: 'BR', people: 10 },
      { value: 'US', people: 10 },
    ],
    contact: null,
    silent: null,
    past: { known: 0, needed: 3 },
    proposed: { severity: 3, impact: 'some' },
  });
});

test('a value that was merged counts as what it was merged into', async () => {
  await givenSignals(5, [
    { author: 'x', country: 'Brasil' },
    { author: 'x', country: 'BR' },
    { author: 'y', country: 'BR' },
  ]);
  await house.owner.query(
    `insert into dimension_merges (compartment, name, from_value, to_value, counts_as, by_actor, at)
     values ('open', 'country', 'Brasil', 'BR', 'BR', $1, $2)`,
    [lead.id, house.now()],
  );
  expect((await impact(5)).countries).toEqual([{ value: 'BR', people: 2 }]);
});

test('a contact rate is measured against active people, once those are known', async () => {
  const day = house.now().toISOString().slice(0, 10);
  await lead.post('/api/active-users', [{ day, users: 40_000 }]);
  const { contact, proposed } = await impact(1);
  expect(contact).toMatchObject({ per1000: 0.5, active: 40_000, days: 1 });
  expect(contact.low).toBeLessThan(0.5);
  expect(contact.high).toBeGreaterThan(0.5);
  expect(proposed.reasons).toContainEqual({ code: 'per1000', value: 0.5, impact: 'many' });
});

test('harm has a floor that no small number lowers, and an override needs its reason', async () => {
  const first = await impact(1);
  const put = (path: string, body: unknown) => lead.put(`/api/issues/${id(1)}/${path}`, body);
  const harmed = await put('harm', { version: first.version, harm: 'child_safety.csam' });
  expect(harmed.body.proposed).toMatchObject({ severity: 1, impact: 'wide' });
  expect((await put('severity', { version: 1, said: { severity: 2, reason: '  ' } })).body.code).toBe(
    'issue.reason_missing',
  );
  const said = await put('severity', { version: 1, said: { severity: 2, reason: 'A hoax, checked with legal.' } });
  expect(said.body).toMatchObject({ version: 2, said: { severity: 2 }, proposed: { severity: 1 } });
  expect((await put('severity', { version: 1, said: null })).status).toBe(409);
  expect((await house.events()).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['issue.harm_said', 'issue.severity_said']),
  );
});

test('silent people are estimated from three past issues with a known cohort, and not from two', async () => {
  const endedOn = new Date(house.now().getTime() - DAY).toISOString().slice(0, 10);
  for (const i of [2, 3, 4]) {
    expect((await impact(1)).silent).toBeNull();
    await givenSignals(
      i,
      many(20, (k) => ({ author: `p${i}-${k}`, tier: 'small' })),
    );
    const cohort = { segments: [{ segment: 'small', people: 1_000 }], endedOn, source: 'payments not made' };
    const kept = await lead.put(`/api/issues/${id(i)}/cohort`, { version: 0, cohort });
    expect(kept.body.cohort.segments).toEqual([{ segment: 'small', people: 1_000, wrote: 20 }]);
  }
  const { silent } = await impact(1);
  expect(silent.pastIssues).toBe(3);
  expect(silent.people.low).toBeLessThan(980);
  expect(silent.people.high).toBeGreaterThan(980); // 20 wrote where 1,000 were hurt: 20 of ours stand for about as many
  const few = { segments: [{ segment: 'small', people: 3 }], endedOn, source: 'a guess' };
  expect((await lead.put(`/api/issues/${id(4)}/cohort`, { version: 1, cohort: few })).body.message).toContain(
    '20 people',
  );
});

test('who may not see the compartment learns nothing, and who may only read decides nothing', async () => {
  expect((await lead.get(`/api/issues/${id(6)}/impact`)).status).toBe(404);
  const viewer = house.as('viewer');
  expect((await impact(1, viewer)).can).toEqual([]);
  expect((await viewer.put(`/api/issues/${id(1)}/harm`, { version: 2, harm: null })).status).toBe(403);
});

test('of two who say something at once one is kept and the other told', async () => {
  const put = (harm: string) => lead.put(`/api/issues/${id(2)}/harm`, { version: 1, harm });
  const both = await Promise.all([put('self_harm.imminent'), put('self_harm.support_need')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('the rules of a house change what is proposed, and impossible ones are refused', async () => {
  const rules = { ...FIRST_RULES, people: [15, 10, 5] };
  expect((await lead.put('/api/severity-rules', { version: 0, rules: { ...rules, people: [1, 2, 3] } })).status).toBe(
    400,
  );
  expect((await lead.put('/api/severity-rules', { version: 0, rules })).body).toMatchObject({ version: 1 });
  expect((await impact(3)).proposed).toMatchObject({ impact: 'wide' });
  expect((await lead.put('/api/severity-rules', { version: 0, rules })).status).toBe(409);
});

test('beyond what is counted each, people are estimated within the error that is said', async () => {
  const people = 30_000;
  await house.owner.query(
    `insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
                          arrived_latest, at, received_at, kind, text, length, author, creator_tier, dimensions, search)
     select md5('s' || n)::uuid, md5('s' || n)::uuid, 'legal', md5('s')::uuid, 1, n::text, '1', $1, true, true, $1, $1, 'ticket', 'w', 1,
            'w' || n % ${people}, 'small', '{}', '' from generate_series(1, 60000) n`,
    [house.now()],
  );
  await house.owner.query(
    `insert into topic_signals (signal_id, compartment, topic_id, at) select signal_id, 'legal', $1, at from signals where compartment = 'legal'`,
    [fixedId('topic 6')],
  );
  const jurist = house.as({ name: 'Jurist', can: ['issue.read'], compartments: ['legal'] });
  const count = (signals: number) => house.tools.db.as(jurist, (db) => countPeople(db, fixedId('topic 6'), signals));
  const found = await count(200_001);
  const exact = await count(60_000);
  expect(exact.all).toBe(people);
  expect(found.error).toBeCloseTo(0.016, 3);
  expect(Math.abs(found.all / people - 1)).toBeLessThan(4 * found.error);
  expect(Math.abs(found.tiers[0]!.people / people - 1)).toBeLessThan(4 * found.error);
});

interface Row {
  id: string;
  severity: { is: number; said: boolean };
}
const listed = async (query: string) => (await lead.get(`/api/issues?group=all&${query}`)).body;
const asked = async (q: string): Promise<Row[]> => (await listed(`q=${encodeURIComponent(q)}`)).issues;

test('a list says of each issue what its page says, and another rule changes both', async () => {
  await house.owner.query(
    `update issues i set people = (select nullif(count(distinct s.author), 0) from topic_signals t join signals s using (signal_id)
                                    where t.topic_id = i.topic_id)`,
  ); // as the clock does every minute
  const compare = async () => {
    const rows: Row[] = (await listed('')).issues;
    expect(rows).toHaveLength(5);
    for (const { id: issue, severity } of rows) {
      const { said, proposed } = (await lead.get(`/api/issues/${issue}/impact`)).body;
      expect(severity).toEqual({ is: said?.severity ?? proposed.severity, said: said !== null });
    }
    return rows.map(({ severity }) => severity.is);
  };
  const before = await compare();
  expect(new Set(before).size).toBeGreaterThan(1);
  const calm = { rising: 4, steady: 4, falling: 4 };
  const rules = { ...FIRST_RULES, table: { wide: calm, many: calm, some: calm, few: calm } };
  const { version } = (await lead.get('/api/severity-rules')).body;
  await lead.put('/api/severity-rules', { version, rules });
  expect((await compare()).filter((severity) => severity < 4)).toEqual([2]); // the one that a person said
  await lead.put('/api/severity-rules', { version: version + 1, rules: FIRST_RULES });
});

test('lists are narrowed down and sorted by severity, page by page, and what is hidden is not counted', async () => {
  const all: Row[] = (await listed('')).issues;
  const of = (level: number) => all.filter(({ severity }) => severity.is === level).map((row) => row.id);
  for (const level of [1, 2, 3, 4]) {
    expect((await asked(`severity:S${level}`)).map((row) => row.id).sort()).toEqual(of(level).sort());
  }
  expect((await asked('severity:<=2')).length).toBe(of(1).length + of(2).length);
  expect((await asked('-severity:S2')).length).toBe(all.length - of(2).length);
  const { facets } = await listed('q=severity%3AS2');
  expect(facets.find(({ name }: { name: string }) => name === 'severity').values).toEqual(
    [1, 2, 3, 4].map((level) => ({ value: `S${level}`, label: `S${level}`, count: of(level).length })),
  );
  const walked: Row[] = [];
  for (let after = ''; ; ) {
    const page = await listed(`sort=severity&limit=2${after}`);
    walked.push(...page.issues);
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  expect(walked.map(({ severity }) => severity.is)).toEqual(all.map(({ severity }) => severity.is).sort());
  expect(new Set(walked.map((row) => row.id)).size).toBe(all.length);
  expect((await listed('q=severity%3Agrave')).notes).toMatchObject([{ code: 'bad_value' }]);
});

test('what other rules would do is told before they are kept, and changes nothing', async () => {
  const lead2 = house.as({ name: 'Rules', can: ['issue.read', 'engine.configure'] });
  const all: Row[] = (await listed('')).issues;
  const calm = { rising: 4, steady: 4, falling: 4 };
  const rules = { ...FIRST_RULES, table: { wide: calm, many: calm, some: calm, few: calm } };
  const { body } = await lead2.post('/api/severity-rules/preview', { rules });
  const moved = all.filter(({ severity }) => !severity.said && severity.is < 4);
  expect(body).toMatchObject({ open: all.length, said: 1, changed: moved.length });
  expect(body.issues.map((one: { id: string }) => one.id).sort()).toEqual(moved.map((row) => row.id).sort());
  expect(body.issues).toContainEqual(expect.objectContaining({ from: moved[0]!.severity.is, to: 4 }));
  expect((await listed('')).issues.map((row: Row) => row.severity)).toEqual(all.map((row) => row.severity));
  const reader = house.as({ name: 'Reader', can: ['issue.read'] });
  expect((await reader.post('/api/severity-rules/preview', { rules })).status).toBe(403);
});

test('the list as a file says how grave each is, and by whom', async () => {
  const { body } = await lead.get('/api/issues/export.csv?group=all&q=severity%3AS2');
  expect(body).toContain('severity,severity_by');
  expect(body).toMatch(/,S2,person,/);
});
