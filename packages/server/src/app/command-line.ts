/** What the command line may use of the server: its settings, and the preparing of a database. */
export { BadSetting, describeSettings, readConfig } from '../platform/config.ts';
export { withClient } from '../platform/embedded-postgres.ts';
export { isSearchPrepared, prepareDatabase } from '../platform/postgres-roles.ts';
