/** `unit`: everything under Node, with one database per run if a file needs it. `web`: the same in jsdom. `walks`: a browser. */
import { configDefaults, defineConfig } from 'vitest/config';

const SERVER_SETUP = ['packages/server/test/global-setup.ts'];

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
        test: { name: 'web', include: ['packages/web/src/**/*.test.{ts,tsx}'], environment: 'jsdom' },
      },
      {
        extends: true,
        test: {
          name: 'walks',
          include: ['packages/web/walks/**/*.walk.ts'],
          globalSetup: SERVER_SETUP,
          fileParallelism: false,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
