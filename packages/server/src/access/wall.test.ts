/**
 * The wall. A handler that forgets every filter, over every table there is: what `legal` holds does not get out to a
 * person of `open`. The tables are read from the database, so that a new one cannot be forgotten.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { slicesFor } from '../app/slices.ts';
import type { Slice } from '../platform/slice.ts';
import { fillCompartments, namesBy, SECRET } from './wall.fixture.ts';

/** Tables whose rows belong to no compartment. Whoever adds one here says why it may be read by anybody. */
const HOUSEHOLD: Readonly<Record<string, string>> = {
  compartments: 'is walled by its name, tested below',
  people: 'colleagues know each other; what proves who they are cannot be selected',
  roles: 'what roles mean is no secret',
  person_roles: 'who is admin is no secret',
  sessions: 'no word of any compartment; secrets cannot be selected',
  setup_links: 'hashes of links',
  access_links: 'hashes of links, and whom they are for: a colleague or an invitation',
  invitations: 'who is invited is no secret; into which compartments is, and stands apart',
  invitation_roles: 'as what somebody is invited is no secret',
  invitation_teams: 'into which teams is none either',
  teams: 'who works together is no secret and gives no right',
  team_members: 'who works together is no secret and gives no right',
  person_brings: 'what people say that they bring to work; colleagues know each other',
  shifts: 'when a team works is no secret and gives no right',
  shift_people: 'who works when is no secret among colleagues',
  shift_places: 'who stands in for whom is no secret among colleagues',
  sign_in_attempts: 'hashes of addresses',
  removed_compartments: 'names that are never free again; not granted to the app',
  schema_migrations: 'names of files; not granted to the app',
  worlds: 'invented worlds: that there is one, and how far it is, is no secret',
  world_times: 'how the clock of an invented world ran',
  exports: 'belongs to one person: its wall is who asked and what they could see then, tested with the exports',
  legal_clocks: 'what laws give for time is no secret',
  calendar_versions: 'when this house works is no secret',
  clock_policy_versions: 'what this house promises is no secret',
  severity_rules: 'how this house ranks harm is no secret, and says nothing of what was found',
  sealing_check: 'one sealed word that everybody knows; it says whether the key fits',
};

/** Functions that see past the wall, each for one thing that cannot be asked otherwise. */
const DOORS = [
  'asker_of_export',
  'case_readers_of',
  'compartment_names',
  'compartment_of_connector',
  'compartment_of_event',
  'compartment_of_import',
  'enqueue',
  'enqueue_in',
  'exports_over',
  'files_of_import',
  'find_credentials',
  'find_link',
  'find_session',
  'find_token',
  'forget_export',
  'forget_import_file',
  'forget_world',
  'held_in_compartment',
  'let_import_files_go',
  'look_in',
  'open_world',
  'readers_of',
  'remove_compartment',
  'shares_compartments_of',
  'sweep_world',
  'watcher_of',
  'world_compartments',
];

/** Of these everybody sees their own rows alone, and those only in their compartments: here all are the reader's. */
const OWN = ['notices'];
const makeTheirs = async (who: ReturnType<TestHouse['as']>) => {
  await who.get('/api/session');
  for (const table of OWN) await house.owner.query(`update ${table} set person_id = $1`, [who.id]);
};

const forgetful: Slice = {
  name: 'forgetful',
  routes(app, tools) {
    app.get<{ Params: { table: string } }>(
      '/forgetful/:table',
      { config: { right: 'signed_in' } },
      ({ actor, params }) =>
        tools.db.as(actor, async (db) => {
          const rows = sql`select to_jsonb(t) as row from ${sql.table(params.table)} t`.execute(db);
          return rows.then((found) => found.rows).catch((error) => error.message);
        }),
    );
  },
};

let house: TestHouse;
let walled: string[];
beforeAll(async () => {
  house = await openHouse({ slices: [forgetful, ...slicesFor({ publicUrl: undefined })] });
  await house.givenCompartment('legal');
  walled = await fillCompartments(house);
});
afterAll(() => house.close());

const names = (statement: string) => namesBy(house, statement);

/** Tables with a compartment and without a policy on it for the app. */
const unwalled = () =>
  names(`select c.oid::regclass::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid
          where a.attname = 'compartment' and c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text !~ '^pg_'
            and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid
                                                     and p.polroles = array['gs_app'::regrole::oid]))`);

describe('a handler that forgets every filter', () => {
  const read = async (who: ReturnType<TestHouse['as']>, table: string) =>
    JSON.stringify((await who.get(`/forgetful/${table}`)).body);

  test('tells a person of open nothing of legal, over all tables', async () => {
    const ana = house.as('admin');
    await makeTheirs(ana);
    expect(walled.length).toBeGreaterThan(10);
    for (const table of [...walled, ...Object.keys(HOUSEHOLD)]) {
      const said = await read(ana, table);
      expect(said, table).not.toContain(SECRET);
      expect(said, table).not.toContain('legal');
    }
  });

  test('tells a person of legal what the same tables hold: the test above has something to miss', async () => {
    const counsel = house.as({ name: 'counsel', compartments: ['legal'] });
    await makeTheirs(counsel);
    for (const table of walled) {
      const said = await read(counsel, table);
      expect(said, table).toContain('"legal"');
      expect(said, table).not.toContain('"open"');
    }
  });

  test('tells somebody without any compartment nothing at all', async () => {
    const guest = house.as({ name: 'guest', compartments: [] });
    for (const table of walled) expect(await read(guest, table), table).toBe('[]');
  });

  test('cannot write into a compartment that is not its own', async () => {
    const ana = house.as('admin');
    const wrote = house.tools.db.change(ana, (trx) =>
      sql`insert into person_compartments values (${ana.id}, 'legal')`.execute(trx),
    );
    await expect(wrote).rejects.toThrow('row-level security');
  });
});

test('every table with a compartment has its wall, and one without is found', async () => {
  expect(await unwalled()).toEqual([]);
  await house.owner.query('create table forgotten (compartment text)');
  expect(await unwalled()).toEqual(['forgotten']);
  await house.owner.query('alter table forgotten enable row level security');
  expect(await unwalled(), 'enabled, but nobody has said for whom').toEqual(['forgotten']);
  await house.owner.query('drop table forgotten');
});

test('every other table is named above, with why it needs no wall', async () => {
  const all = await names(`select tablename as name from pg_tables where schemaname = 'public'`);
  expect(all.filter((table) => !walled.includes(table) && !(table in HOUSEHOLD))).toEqual([]);
});

test('a view shows no more than its reader may see', async () => {
  const views = `select c.oid::regclass::text as name from pg_class c where c.relkind in ('v', 'm')
                  and c.relnamespace = 'public'::regnamespace and not coalesce(c.reloptions @> '{security_invoker=true}', false)`;
  const extension = ` and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
  expect(await names(views + extension)).toEqual([]);
});

test('the doors through the wall are these and no others', async () => {
  const doors = `select p.proname as name from pg_proc p where p.prosecdef and has_function_privilege('gs_app', p.oid, 'execute')
                  and p.pronamespace::regnamespace::text in ('public', 'app')`;
  expect(await names(doors)).toEqual(DOORS);
});
