import { expect, test } from 'vitest';
import { describeSettings, readConfig } from './config.ts';

test('nothing needs to be set', () => {
  expect(readConfig({})).toMatchObject({ port: 4747, host: '127.0.0.1', databaseUrl: undefined });
  expect(readConfig({ PORT: '', HOST: '' })).toMatchObject({ port: 4747, host: '127.0.0.1' });
});

test.each([
  [{ PORT: '99999' }, 'PORT'],
  [{ PORT: '4747x' }, 'PORT'],
  [{ PUBLIC_URL: 'groundswell.example' }, 'PUBLIC_URL'],
  [{ DATABASE_URL: 'localhost' }, 'DATABASE_URL'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ DATABASE_APP_URL: 'postgres://app:hunter2@db/x' }, 'DATABASE_APP_URL'],
])('%o is refused by name, and its value is not repeated', (env, name) => {
  const read = () => readConfig(env);
  expect(read).toThrow(new RegExp(`^The setting ${name} .*Nothing was started\\. [A-Z]`));
  expect(read).not.toThrow(/hunter2/);
});

test.each(['-1', '70000', 'x', '80.5'])('PORT=%s is told what a port is', (PORT) => {
  expect(() => readConfig({ PORT })).toThrow('PORT is not a whole number from 0 to 65535');
});

test('every setting is explained in a sentence, and addresses with passwords are not shown', () => {
  const settings = describeSettings({ DATABASE_URL: 'postgres://o:hunter2@db/x', PORT: '80' });
  expect(settings.length).toBeLessThan(10);
  for (const { what } of settings) expect(what).toMatch(/^[A-Z].*\.$/);
  expect(JSON.stringify(settings)).not.toContain('hunter2');
  expect(settings.find((setting) => setting.name === 'PORT')?.value).toBe('80');
});
