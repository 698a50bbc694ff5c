import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withClient } from '@groundswell/server/command-line';
import { expect, inject, test } from 'vitest';
import { nearest } from './nearest.ts';

const HOME = join(import.meta.dirname, '..');
const BINARY = join(HOME, 'bin', 'groundswell.mjs');

/** The real binary, in an environment of the test's own. */
function groundswell(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [BINARY, ...args], {
      env: { PATH: process.env.PATH, HOME: '/nowhere', ...env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

test.each([[[]], [['help']], [['--help']]])('says what it can do: %j', async (args) => {
  const { code, out, err } = await groundswell(args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const command of ['import FILE', 'detect SIGNALS.jsonl', 'simulate --out DIR', 'config', 'db prepare'])
    expect(out).toContain(command);
});

test('says its version', async () => {
  const { version } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8'));
  expect(await groundswell(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('an unknown command is answered with the one that was probably meant', async () => {
  const { code, out, err } = await groundswell(['detct']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Did you mean "detect"?');
  expect((await groundswell(['constructor'])).code).toBe(2); // a word that every object has
});

test.each([
  ['dectect', 'detect'],
  ['conf', 'config'],
  ['imprt', 'import'],
  ['dd', 'db'],
  ['weather', null],
])('nearest to "%s" is %s', (word, meant) => {
  expect(nearest(word, ['import', 'detect', 'config', 'db', 'help'])).toBe(meant);
});

test('config explains every setting and shows no secret', async () => {
  const env = { PORT: '5050', DATABASE_URL: 'postgres://owner:hunter2@db.example/gs' };
  const { code, out, err } = await groundswell(['config'], env);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('PORT = 5050');
  expect(out).toContain('GROUNDSWELL_DATA = (not set)');
  expect(out).not.toContain('hunter2');
});

test('config names a setting that would stop the start', async () => {
  const { code, out, err } = await groundswell(['config'], { PORT: 'eighty' });
  expect(code).toBe(2);
  expect(out).toContain('HOST =');
  expect(err).toContain('PORT');
});

test('db prepare has nothing to do for the built-in database', async () => {
  const { code, out } = await groundswell(['db', 'prepare']);
  expect(code).toBe(0);
  expect(out).toContain('built-in database was prepared');
});

test('db prepare that cannot reach the server says so and shows no password', async () => {
  const { code, err } = await groundswell(['db', 'prepare'], { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/gs' });
  expect(code).toBe(1);
  expect(err).toContain('127.0.0.1:1 could not be prepared');
  expect(err).not.toContain('hunter2');
  expect((await groundswell(['db', 'prepare'], { DATABASE_URL: 'mysql://x' })).code).toBe(2);
  expect((await groundswell(['db', 'drop'])).code).toBe(2);
});

test('db prepare works once as a superuser, and tells anybody else what is missing', async () => {
  const cluster = inject('cluster' as never) as unknown as { superuser: string; owner: string };
  const name = `prepare_${Date.now()}`;
  const at = (url: string, database: string) => Object.assign(new URL(url), { pathname: database }).href;
  await withClient(at(cluster.superuser, 'postgres'), (client) =>
    client.query(`create database ${name} owner gs_owner`),
  );
  const prepare = (url: string) => groundswell(['db', 'prepare'], { DATABASE_URL: at(url, name) });

  const owner = await prepare(cluster.owner);
  expect(owner.code).toBe(1);
  expect(owner.err).toContain('this login is no superuser');
  expect((await prepare(cluster.superuser)).out).toContain('now use their indexes');
  expect((await prepare(cluster.owner)).out).toContain('was prepared already');

  await withClient(at(cluster.superuser, 'postgres'), (client) => client.query(`drop database ${name} with (force)`));
});
