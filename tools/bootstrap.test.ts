import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Plain JavaScript without types, on purpose: see there. */
const bootstrap: {
  needsInstall(root: string): boolean;
  needsBuild(root: string, stamp: string): boolean;
} = await import(new URL('./bootstrap.mjs', import.meta.url).href);

let root: string;
let stamp: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'groundswell-tools-'));
  stamp = join(root, 'stamp');
  put('package-lock.json', 0);
  put('node_modules/.package-lock.json', 0);
  put('packages/server/src/main.ts', 0);
  put('packages/server/dist/main.js', 10);
  put('stamp', 10);
  touch('packages/server/src', 0);
  touch('packages/server', 0);
});
afterEach(() => rmSync(root, { recursive: true }));

/** A file as old as `minute` after some noon. */
function put(path: string, minute: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
  touch(path, minute);
}

function touch(path: string, minute: number): void {
  const at = Date.UTC(2026, 0, 1, 12, minute) / 1000;
  utimesSync(join(root, path), at, at);
}

function locks(wanted: object, installed: object): void {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
}

const PG = { 'node_modules/pg': { version: '8.0.0', integrity: 'a' } };

test('installs on a bare clone, and when a package is missing or another than the lock says', () => {
  locks(PG, PG);
  expect(bootstrap.needsInstall(root)).toBe(false);
  locks({ 'node_modules/pg': { version: '8.0.1', integrity: 'b' } }, PG);
  expect(bootstrap.needsInstall(root)).toBe(true);
  locks({ ...PG, 'node_modules/own': { link: true } }, PG);
  expect(bootstrap.needsInstall(root)).toBe(true);
  locks(PG, PG);
  rmSync(join(root, 'node_modules'), { recursive: true });
  expect(bootstrap.needsInstall(root)).toBe(true);
});

test('a newer lock that asks for nothing new leaves node_modules alone', () => {
  const ours = { '': {}, 'packages/cli': { dependencies: { '@groundswell/server': '0.1.0' } } };
  locks({ ...ours, ...PG, 'node_modules/for-a-mac': { integrity: 'c', optional: true } }, PG);
  touch('package-lock.json', 59);
  touch('node_modules/.package-lock.json', 0);
  expect(bootstrap.needsInstall(root)).toBe(false);
});

test('builds what was never built, and what has changed since', () => {
  const needed = () => bootstrap.needsBuild(root, stamp);
  expect(needed()).toBe(false);

  put('packages/server/src/main.ts', 11);
  expect(needed()).toBe(true);
  touch('packages/server/src/main.ts', 0);
  touch('packages/server/src', 11); // a file was removed
  expect(needed()).toBe(true);
  touch('packages/server/src', 0);
  expect(needed()).toBe(false);

  rmSync(stamp);
  expect(needed()).toBe(true);
});

test('tests, migrations and the build itself call for no build', () => {
  put('packages/server/src/main.test.ts', 11);
  put('packages/server/migrations/0001.sql', 11);
  put('packages/server/dist/main.js', 11);
  touch('packages/server/src', 0);
  touch('packages/server', 0);
  expect(bootstrap.needsBuild(root, stamp)).toBe(false);
});

test('what starts first can be read by the Node that a Debian brings', () => {
  const old = '/usr/bin/node';
  if (!existsSync(old)) return;
  for (const file of ['bootstrap', 'start', 'test', 'build']) {
    execFileSync(old, ['--check', join(import.meta.dirname, `${file}.mjs`)]);
  }
});
