/** `npm test`: every check there is, on a bare clone too. The last line counts: `N passed, N failed, N skipped`. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildIfNeeded, environment, findNode, installIfNeeded, ROOT, run } from './bootstrap.mjs';

await installIfNeeded();

const node = findNode();
const reports = mkdtempSync(join(tmpdir(), 'groundswell-report-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const complaints = [];
/** So much of each failure's message is told at the end, in characters: the first error with its place. */
const MESSAGE = 1500;
/** So many files at most are run once more when they fail; where more fail, something is broken. */
const FILES_ONCE_MORE = 3;
/** Both are told at the very end: who reads only the last lines of a long run must know which test it was. */
const broken = [];
const unsteady = [];

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

/** One run of vitest, and what it says of itself. */
function vitestOnce(args, env) {
  const file = join(reports, 'report.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { status } = tool('vitest/vitest.mjs', ['run', '--passWithNoTests', ...reporters, ...args], {
    env: { ...environment(), ...env },
  });
  return { ok: status === 0, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {} };
}

/** Each failed test of a report, by its file and name, with what was wrong. */
function failuresOf(report) {
  return (report.testResults ?? []).flatMap(({ name, message, assertionResults = [] }) => {
    const path = relative(ROOT, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return message ? [{ path, said: `✗ ${path}\n${message.slice(0, MESSAGE)}` }] : [];
    return failed.map(({ fullName, failureMessages = [] }) => ({
      path,
      said: `✗ ${path} › ${fullName}\n${failureMessages.join('\n').slice(0, MESSAGE)}`,
    }));
  });
}

/** Whether the files of `failures` pass when they run once more by themselves (ADR 20: said loudly, never silently). */
function passAlone(name, failures, projects, env) {
  const files = [...new Set(failures.map(({ path }) => path))];
  if (files.length === 0 || files.length > FILES_ONCE_MORE) return false;
  console.log(`\n— ${name}, once more: ${files.join(', ')}`);
  return vitestOnce([...projects, '--no-file-parallelism', ...files], env).ok;
}

function vitest(name, projects, env = {}) {
  console.log(`\n— ${name}`);
  const { ok, report } = vitestOnce(projects, env);
  const failures = failuresOf(report);
  const failed = report.numFailedTests ?? 0;
  total.passed += report.numPassedTests ?? 0;
  total.skipped += (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  if (ok) return;
  if (failed === failures.length && passAlone(name, failures, projects, env)) {
    total.passed += failed;
    unsteady.push(...failures);
    return;
  }
  // A file that does not even load holds no failed test, and neither does a run that breaks off.
  total.failed += failed === 0 ? 1 : failed;
  broken.push(...failures);
  complaints.push(name);
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
for (const { said } of broken) console.log(`\n${said}`);
for (const { said } of unsteady) console.log(`\n*** PASSED ONLY WHEN RUN ONCE MORE, ALONE: mend it. ***\n${said}`);
if (complaints.length > 0) console.log(`\nNot in order: ${complaints.join(', ')}.`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);
