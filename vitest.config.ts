/**
 * `unit`: everything under Node, with one database per run if a file needs it. `postgres-15`: what leans on the database
 * most, once more on the oldest that is promised to work. `web`: Node with jsdom. `walks`: a browser.
 */
import { configDefaults, defineConfig } from 'vitest/config';
import { wordsInHalves } from './packages/web/words-in-halves.ts';

const SERVER_SETUP = ['packages/server/test/global-setup.ts'];

/**
 * Migrations from nothing, the wall, every route by every role, ways in, search and its plans, the engine itself, its runs
 * and locks, what removes a compartment, worlds, live: five minutes.
 */
const ON_POSTGRES_15 = [
  'test/which-postgres',
  'src/platform/{migrate,db,follow,jobs}',
  'src/events',
  'src/access/{wall,hostile-queries,matrix}',
  'src/signals/{intake.actions,intake.plan,intake.privacy,search-vector,search.plan,query,summary,sample}',
  'src/search/search',
  'src/imports/import.keep',
  'src/copies/copies.plan',
  'src/topics/{engine,engine.lock,history,intake.store,topic.store,where}',
  'src/issues/separation',
  'src/people/compartment.remove',
  'src/worlds/world.wall',
  'src/live/{live.routes,live.wall}',
];

export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    exclude: [...configDefaults.exclude],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/{contract,analytics,formats,simulator,server,cli}/{src,test}/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
          globalSetup: SERVER_SETUP,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres-15',
          include: ON_POSTGRES_15.map((file) => `packages/server/${file}.test.ts`),
          globalSetup: SERVER_SETUP,
          fileParallelism: false, // a long transaction of one file holds back what followers of another wait for
        },
      },
      {
        extends: true,
        plugins: [wordsInHalves()],
        test: { name: 'web', include: ['packages/web/src/**/*.test.{ts,tsx}'], environment: 'jsdom' },
      },
      {
        extends: true,
        test: {
          name: 'walks',
          include: ['packages/web/walks/**/*.walk.ts'],
          globalSetup: SERVER_SETUP,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
