/** `groundswell db prepare`: what only a superuser of a PostgreSQL server can do for Groundswell. */
import { isSearchPrepared, prepareDatabase, withClient } from '@groundswell/server/command-line';

const HELP = `groundswell db prepare

Needed once per database on your own PostgreSQL, and again after a restore. The built-in database needs it never.

  DATABASE_URL=postgres://SUPERUSER@HOST/DATABASE groundswell db prepare

Rows are kept apart by row-level security. Behind it PostgreSQL uses an index only for operators that are marked
"leakproof": known to tell nothing about rows that the reader may not see. Only a superuser may mark them. This
installs the extension pg_trgm, and marks the operators of full text, LIKE, trigrams and jsonb containment in this one
database. Nothing else is changed. Without it everything works, but every search reads the whole table, and /readyz
says "search unindexed".
`;

export async function db(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  if (args.length !== 1 || args[0] !== 'prepare') {
    console.error('"db" knows one thing: groundswell db prepare');
    return 2;
  }
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.log('DATABASE_URL is not set: the built-in database was prepared when it was made. Nothing was changed.');
    return 0;
  }
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    console.error('DATABASE_URL is not a postgres:// address. Nothing was changed.');
    return 2;
  }
  return prepare(url);
}

async function prepare(url: string): Promise<number> {
  const { host, pathname } = new URL(url); // never the whole of it: it may hold a password
  try {
    return await withClient(url, async (client) => {
      if (await isSearchPrepared(client)) {
        console.log(`The database ${pathname.slice(1)} at ${host} was prepared already. Nothing was changed.`);
        return 0;
      }
      await prepareDatabase(client);
      console.log(`Prepared: searches in ${pathname.slice(1)} at ${host} now use their indexes. No restart is needed.`);
      return 0;
    });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const why = code === '42501' ? `this login is no superuser (${message})` : message;
    console.error(`The database at ${host} could not be prepared: ${why}. Nothing was changed.`);
    if (code === '42501')
      console.error(
        'Give the address of a superuser in DATABASE_URL; "groundswell db --help" says what it does and why.',
      );
    return 1;
  }
}
