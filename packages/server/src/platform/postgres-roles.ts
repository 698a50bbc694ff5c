/** Who may log in, and what only a superuser can prepare. */
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import { CannotStart } from './cannot-start.ts';

/** The role that policies and grants name. Every request is made as it or as a member of it. */
export const APP_ROLE = 'gs_app';
export const OWNER_ROLE = 'gs_owner';

/** On a new cluster: the two logins and the database of the one that owns everything. Safe to repeat. */
export async function createHouse(
  superuser: Client,
  database: string,
  passwords: { owner: string; app: string },
): Promise<void> {
  await createLogin(superuser, OWNER_ROLE, passwords.owner);
  await createLogin(superuser, APP_ROLE, passwords.app);
  await superuser.query(`create database ${escapeIdentifier(database)} owner ${OWNER_ROLE}`);
}

async function createLogin(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  const verb = rowCount ? 'alter' : 'create';
  await client.query(
    `${verb} role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole password ${escapeLiteral(password)}`,
  );
}

/**
 * What search needs and only a superuser may do, once per database. Under row-level security PostgreSQL uses an index
 * only for operators that are known to leak nothing about rows that the reader may not see; otherwise every search
 * reads the whole table. These operators raise no error and write no message that depends on their arguments.
 * Citizens of one database: a dump does not carry it, so it is repeated after a restore (`groundswell db prepare`).
 */
export async function prepareDatabase(superuser: Client): Promise<void> {
  await superuser.query(`
    create extension if not exists pg_trgm;
    do $$
    declare f regprocedure;
    begin
      for f in ${SEARCH_FUNCTIONS} loop
        execute format('alter function %s leakproof', f);
      end loop;
    end $$`);
}

const SEARCH_FUNCTIONS = `
  select p.oid::regprocedure from pg_proc p
   where not p.proleakproof
     and (p.oid in (select d.objid from pg_depend d
                      join pg_extension e on e.oid = d.refobjid and e.extname = 'pg_trgm'
                     where d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_extension'::regclass
                       and d.objid in (select oprcode from pg_operator))
       or (p.pronamespace = 'pg_catalog'::regnamespace
           and p.proname in ('ts_match_vq', 'textlike', 'texticlike', 'jsonb_contains')))`;

/** Whether `prepareDatabase` was done here. Any role may ask. */
export async function isSearchPrepared(client: Pick<Client, 'query'>): Promise<boolean> {
  const { rows } = await client.query(
    `select not exists (${SEARCH_FUNCTIONS}) and exists (select from pg_extension where extname = 'pg_trgm') as prepared`,
  );
  return rows[0]?.prepared === true;
}

/** On somebody else's server: makes the role that requests are served as, or tells what is missing. */
export async function ensureAppRole(owner: Client, role: string, password: string | null): Promise<void> {
  const { rows } = await owner.query<{ present: boolean; may: boolean }>(
    `select exists (select from pg_roles where rolname = $1) as present,
            (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as may`,
    [role],
  );
  if (rows[0]!.present) return;
  if (!rows[0]!.may) {
    throw new CannotStart(
      `The login in DATABASE_URL may not create roles, and the role "${role}" does not exist. Nothing was changed. ` +
        `Have an administrator run "create role ${role} login password '…'" and set DATABASE_APP_URL to that login; ` +
        'or grant CREATEROLE to the owner.',
    );
  }
  const secret = password === null ? '' : ` password ${escapeLiteral(password)}`;
  await owner.query(`create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole${secret}`);
}

/** The wall stands only if the app cannot step over it: refuses a login that could. */
export async function refuseUnsafeApp(app: Pick<Client, 'query'>): Promise<void> {
  const { rows } = await app.query<{ role: string; strong: boolean; owns: boolean; member: boolean }>(
    `select current_user as role,
            exists (select from pg_roles r where (r.rolsuper or r.rolbypassrls) and pg_has_role(r.oid, 'member')) as strong,
            exists (select from pg_class c
                     where c.relnamespace in (select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
                       and c.relkind in ('r', 'p') and c.relpersistence <> 't' and pg_has_role(c.relowner, 'member')) as owns,
            pg_has_role($1, 'usage') as member`,
    [APP_ROLE],
  );
  const found = rows[0]!;
  const why = found.strong
    ? 'it is, or may become, a superuser or a role that bypasses row-level security'
    : found.owns
      ? 'it owns tables, and owners are not held by row-level security'
      : found.member
        ? null
        : `it is not "${APP_ROLE}" nor a member of it, so it would see nothing`;
  if (why) {
    throw new CannotStart(
      `The login "${found.role}" cannot serve requests: ${why}. Nothing was started. ` +
        `Set DATABASE_APP_URL to a login that owns nothing and is a member of "${APP_ROLE}".`,
    );
  }
}
