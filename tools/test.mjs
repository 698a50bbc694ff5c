/** `npm test`: every check there is, on a bare clone too. The last line counts: `N passed, N failed, N skipped`. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded, environment, findNode, installIfNeeded, ROOT, run } from './bootstrap.mjs';

await installIfNeeded();

const node = findNode();
const reports = mkdtempSync(join(tmpdir(), 'groundswell-report-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const complaints = [];

/** One of ours from node_modules, under our Node. */
function tool(path, args, options) {
  return run(node, [join(ROOT, 'node_modules', ...path.split('/')), ...args], options);
}

/** A check passes or is one failure; it adds no passed tests. */
function check(name, path, args) {
  console.log(`\n— ${name}`);
  if (tool(path, args).status === 0) return;
  total.failed++;
  complaints.push(name);
}

function vitest(name, args, env = {}) {
  console.log(`\n— ${name}`);
  const file = join(reports, 'report.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { status } = tool('vitest/vitest.mjs', ['run', '--passWithNoTests', ...reporters, ...args], {
    env: { ...environment(), ...env },
  });
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const failed = report.numFailedTests ?? 0;
  total.passed += report.numPassedTests ?? 0;
  total.skipped += (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  // A file that does not even load holds no failed test, and neither does a run that breaks off.
  total.failed += status !== 0 && failed === 0 ? 1 : failed;
  if (status !== 0) complaints.push(name);
}

function findBrowser() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  const found = existsSync('/usr/bin')
    ? readdirSync('/usr/bin')
        .filter((file) => /^chromium/.test(file))
        .sort()
    : [];
  return found[0] ? join('/usr/bin', found[0]) : null;
}

function walks() {
  const folder = join(ROOT, 'packages', 'web', 'walks');
  const count = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.walk.ts')).length : 0;
  if (count === 0) return;
  const browser = findBrowser();
  if (browser) {
    buildIfNeeded();
    vitest('walks through a browser', ['--project', 'walks'], { CHROMIUM: browser });
    return;
  }
  console.log(
    '\n*** NO BROWSER: the walks through the screens did not run. Install chromium, or set CHROMIUM to one. ***',
  );
  if (process.env.CI === 'true') {
    total.failed += count;
    complaints.push('walks without a browser');
  } else total.skipped += count;
}

/** What leans on the database most runs once more on the oldest PostgreSQL that is promised to work. */
function onOldest() {
  if (existsSync('/usr/lib/postgresql/15/bin/postgres')) {
    vitest('tests on PostgreSQL 15', ['--project', 'postgres-15']);
    return;
  }
  console.log(
    '\n*** NO POSTGRESQL 15: only the built-in PostgreSQL was tested. Install postgresql-15 to test the oldest that is promised. ***',
  );
  if (process.env.CI === 'true') {
    total.failed++;
    complaints.push('tests without PostgreSQL 15');
  } else total.skipped++;
}

check('form', '@biomejs/biome/bin/biome', ['check', '.']);
check('types', 'typescript/bin/tsc', ['-b']);
check('dead code', 'knip/bin/knip.js', ['--no-progress']);
vitest('tests', ['--project', 'unit', '--project', 'web']);
onOldest();
walks();

rmSync(reports, { recursive: true, force: true });
if (complaints.length > 0) console.log(`\nNot in order: ${complaints.join(', ')}.`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);
