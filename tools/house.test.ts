/** The structure of the house, as rules that each name the file that breaks them. Every rule is first seen failing. */
import { dirname } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import * as code from './house/code.ts';
import * as examples from './house/examples.ts';
import * as order from './house/order.ts';
import * as papers from './house/papers.ts';
import { type Rule, readTree, type Tree } from './house/tree.ts';
import * as words from './house/words.ts';

vi.setConfig({ testTimeout: 120_000 }); // some rules read every file, on machines that do other things too

const house = readTree(dirname(import.meta.dirname));

/** Files of an imagined repository. */
type Files = Record<string, string>;
const treeOf = (files: Files): Tree => Object.entries(files).map(([path, text]) => ({ path, text }));
const S = 'packages/server/src';
const W = 'packages/web/src';
const A = 'packages/analytics/src';
const lines = (n: number, inside = '//') => Array.from({ length: n }, () => inside).join('\n');

interface Example {
  readonly rule: Rule;
  /** Each breaks the rule by itself. */
  readonly bad: readonly Files[];
  /** Comes close and does not. */
  readonly good: Files;
}

const EXAMPLES: readonly Example[] = [
  {
    rule: order.sliceOrder,
    bad: [
      { [`${S}/signals/a.ts`]: `import { x } from '../issues/index.ts';` },
      { [`${S}/evidence/a.ts`]: `import { x } from '../topics/index.ts';` },
      { [`${S}/platform/a.ts`]: `import type { E } from '../events.ts';` },
      { [`${S}/access/a.ts`]: `const x = await import('../app/slices.ts');` },
      { [`${S}/gadgets/a.ts`]: '' },
    ],
    good: {
      [`${S}/issues/a.ts`]: `import { x } from '../access/index.ts'; import { b } from './b.ts';`,
      [`${S}/access/a.test.ts`]: `import { x } from '../app/slices.ts';`,
    },
  },
  {
    rule: order.doors,
    bad: [{ [`${S}/issues/a.ts`]: `import { x } from '../topics/topic.store.ts';` }],
    good: {
      [`${S}/issues/a.ts`]: `import { x } from '../topics/index.ts'; import { db } from '../platform/db.ts'; import { r } from '../events.ts';`,
    },
  },
  {
    rule: order.screenOrder,
    bad: [
      { [`${W}/parts/a.tsx`]: `import { x } from '../screens/home/home.tsx';` },
      { [`${W}/screens/home/a.tsx`]: `import { x } from '../issues/b.tsx';` },
      { [`${W}/screens/home/a.tsx`]: `import { x } from '../../app/router.tsx';` },
      { [`${W}/api/a.ts`]: `import { x } from '../parts/b.tsx';` },
      { [`${W}/widgets/a.tsx`]: '' },
    ],
    good: { [`${W}/screens/home/a.tsx`]: `import { x } from './b.tsx'; import { y } from '../../parts/c.tsx';` },
  },
  {
    rule: order.packageOrder,
    bad: [
      { [`${A}/a.ts`]: `import { x } from '@groundswell/contract';` },
      { [`${A}/a.ts`]: `import { x } from 'node:fs';` },
      { [`${W}/app/a.ts`]: `import { x } from '@groundswell/server';` },
      { [`${W}/app/a.ts`]: `import { x } from '../../../contract/src/index.ts';` },
      {
        [`${S}/platform/a.ts`]: `import { x } from 'left-pad';`,
        'packages/server/package.json': '{"devDependencies":{"left-pad":"1"}}',
      },
      { 'packages/cli/src/a.ts': `import { x } from '@groundswell/server';` },
      { 'packages/gadgets/src/a.ts': '' },
      {
        [`${W}/app/a.ts`]: `import { x } from 'virtual:made';`,
        [`${A}/made.d.ts`]: `declare module 'virtual:made' {}`,
      },
    ],
    good: {
      [`${W}/app/a.ts`]: `import { x } from 'virtual:made';`,
      [`${W}/app/made.d.ts`]: `declare module 'virtual:made' {}`,
      [`${S}/platform/a.ts`]: `import { x } from '@scope/pad/deep'; import { y } from 'node:fs'; import { z } from '@groundswell/formats';`,
      'packages/server/package.json': '{"dependencies":{"@scope/pad":"1"}}',
      'packages/cli/src/a.ts': `import { x } from '@groundswell/server/command-line';`,
    },
  },
  {
    rule: order.noCircle,
    bad: [{ 'a/x.ts': `import './y.ts';`, 'a/y.ts': `import '../b/z.ts';`, 'b/z.ts': `export * from '../a/x.ts';` }],
    good: {
      'a/x.ts': `import './y.ts'; import './z.ts';`,
      'a/y.ts': `import './z.ts';`,
      'a/z.ts': `import type { X } from './x.ts';`,
    },
  },
  {
    rule: code.fileSize,
    bad: [{ 'a.ts': lines(301) }, { 'a.test.ts': lines(401) }, { 'a/index.ts': lines(21) }],
    good: { 'a.ts': lines(300), 'a.test.ts': lines(400), 'a/index.ts': lines(20), [`${W}/locales/en.ts`]: lines(900) },
  },
  {
    rule: code.functionSize,
    bad: [{ 'a.ts': `const f = () => {\n${lines(60)}\n};` }, { 'a.ts': `class A { m() {\n${lines(60)}\n} }` }],
    good: { 'a.ts': `function f() {\n${lines(58)}\n}`, 'a.test.ts': `test(() => {\n${lines(90)}\n});` },
  },
  {
    rule: code.noDefaultExport,
    bad: [
      { 'a.ts': 'export default 1;' },
      { 'a.ts': 'export default function f() {}' },
      { 'a.ts': 'export { f as default };' },
    ],
    good: { 'vite.config.ts': 'export default {};', 'a.ts': `import x from 'y'; const t = 'export default 1';` },
  },
  {
    rule: code.importEndings,
    bad: [{ 'a.ts': `import './b';` }, { 'a.ts': `export * from './b.js';` }, { 'a.ts': `await import('./b');` }],
    good: {
      'a.tsx': `import './b.ts'; import './c.tsx'; import './d.css'; import e from 'zod'; import w from './w.ts?worker';`,
    },
  },
  {
    rule: code.noExceptionComment,
    bad: ['biome-' + 'ignore lint', '@ts-' + 'expect-error', '@ts-' + 'ignore', 'TO' + 'DO later'].map((word) => ({
      'a.ts': `// ${word}`,
    })),
    good: { 'a.ts': '// nothing is ignored here', 'a.md': `what ${'TO' + 'DO'} means` },
  },
  {
    rule: code.noAny,
    bad: [{ 'a.ts': 'let x: any;' }, { 'a.test.ts': 'const x = y as any[];' }],
    good: { 'a.ts': 'const any = 1; // any' },
  },
  {
    rule: code.pureDomain,
    bad: [
      'export const f = async () => 1;',
      'const at = Date.now();',
      'const at = new Date();',
      'const r = Math.random();',
      `import { randomUUID } from 'node:crypto';`,
      `import { l } from './case.store.ts';`,
      `import { sql } from 'kysely';`,
    ].map((text) => ({ [`${S}/cases/case.ts`]: text, [`${S}/cases/case.store.ts`]: '' })),
    good: {
      [`${S}/cases/case.ts`]: 'export const at = (ms: number) => new Date(ms);',
      [`${S}/cases/case.store.ts`]: 'export const now = async () => Date.now();',
      [`${S}/cases/alone.ts`]: 'export const now = async () => Date.now();',
    },
  },
  {
    rule: code.sqlInStores,
    bad: [
      { [`${S}/cases/case.actions.ts`]: 'sql`select 1`.execute(db);' },
      { [`${S}/cases/case.routes.ts`]: `db.selectFrom('cases');` },
      { [`${S}/cases/case.ts`]: 'sql<X>`select`;' },
    ],
    good: {
      [`${S}/cases/case.store.ts`]: 'sql`select 1`;',
      [`${S}/platform/a.ts`]: 'sql`select 1`;',
      [`${S}/cases/case.test.ts`]: 'sql`select 1`;',
    },
  },
  {
    rule: code.oneEgress,
    bad: [
      ...[`await fetch('https://x');`, `import { request } from 'node:https';`, `import { lookup } from 'dns';`].map(
        (text) => ({ [`${S}/cases/a.ts`]: text }),
      ),
      { [`${S}/cases/a.ts`]: `import { isIP, connect } from 'node:net';` },
      { [`${S}/platform/network.ts`]: 'await globalThis.fetch(url);' },
      { [`${S}/platform/http.ts`]: `import { request } from 'node:https';` },
    ],
    good: {
      [`${S}/cases/a.ts`]: `import { isIP } from 'node:net'; await net.fetch(url);`,
      [`${S}/platform/http.ts`]: `import { createServer } from 'node:net';`,
      [`${S}/platform/net-a.ts`]: `import { request } from 'node:https';`,
    },
  },
  {
    rule: code.faultsPass,
    bad: ['try { await f(); } catch { g(); }', 'f().catch(g);'].map((text) => ({
      [`${S}/cases/case.routes.ts`]: text,
    })),
    good: {
      [`${S}/cases/case.jobs.ts`]: 'try { await f(); } catch { g(); }',
      [`${S}/cases/case.routes.ts`]: 'try { JSON.parse(a); } catch { g(); }',
    },
  },
  {
    rule: code.noMocks,
    bad: [{ 'a.test.ts': `vi.mock('./b.ts');` }],
    good: { 'a.test.ts': 'const f = vi.fn();' },
  },
  {
    rule: code.pureAnalytics,
    bad: ['Date.now();', 'new Date();', 'Math.random();', 'process.env.X;', 'console.log(1);', 'setTimeout(f, 1);'].map(
      (text) => ({ [`${A}/a.ts`]: text }),
    ),
    good: {
      [`${A}/a.ts`]: 'const p = { process: 1 }; p.process; new Date(5); Math.exp(1);',
      [`${A}/a.test.ts`]: 'Date.now();',
    },
  },
  {
    rule: examples.publicExamples,
    bad: [
      {
        'packages/formats/src/index.ts': `export * from './a.ts';`,
        'packages/formats/src/a.ts': '/** Why. */\nexport function f() {}',
      },
      { [`${A}/index.ts`]: `export { f } from './a.ts';`, [`${A}/a.ts`]: 'export function f() {}' },
    ],
    good: {
      [`${A}/index.ts`]: `export { f } from './a.ts'; export type * from './b.ts';`,
      [`${A}/a.ts`]: '/**\n * Why.\n * @example\n * f();\n */\nexport function f() {}\nexport function inner() {}',
    },
  },
  {
    rule: words.tellingNames,
    bad: ['a/utils.ts', 'a/utils/b.ts', 'a/string-helpers.ts', 'a/types.ts', 'lib/a.css', 'a/session-manager.ts'].map(
      (path) => ({ [path]: '' }),
    ),
    good: { 'a/utility-bill.ts': '', 'a/commons.ts': '', 'a/library.ts': '' },
  },
  {
    rule: words.neutralAnalytics,
    bad: ['const signalCount = 1;', 'interface Issue {}', 'f({ topic_id: 1 });', 'x.alerts;'].map((text) => ({
      [`${A}/a.ts`]: text,
    })),
    good: {
      [`${A}/a.ts`]: `switch (x) { case 1: t.toLowerCase(); } const signature = 'signal'; s.falseAlertsPerWeek;`,
    },
  },
  {
    rule: words.spokenWords,
    bad: [
      { [`${W}/locales/en.json`]: '{"a":{"b":"B"}}', [`${W}/app/a.ts`]: `t('a'); t('b'); t('a.b.c');` },
      {
        [`${W}/locales/en.json`]: '{"a":{"b_one":"B","b_other":"Bs"}}',
        [`${W}/app/a.ts`]: `t(\`a.c.\${x}\`); t(\`\${a}.c\`); t(\`\${a}\`);`,
      },
      { [`${W}/locales/en.json`]: '{"a":{"b":"B"}}', [`${W}/app/a.test.ts`]: `t('a.b');` },
    ],
    good: {
      [`${W}/locales/en.json`]: '{"a":{"b":"B","c_one":"C","c_other":"Cs","d":{"e":"E","f":{"g":"G"}}}}',
      [`${W}/app/a.tsx`]: `t('a.b', 'x'); const y = <Trans i18nKey="a.c" />; t(\`a.d.\${x}\`);`,
    },
  },
  {
    rule: words.usersWords,
    bad: [
      '<p>{signal.text}</p>',
      '<p>{x.signal.title}</p>',
      '<b>{row.author ?? "–"}</b>',
      '<i title={signal.text} />',
      '<p>{signal.text.slice(0, 9)}</p>',
      '<p>{all.map((s) => s.text)}</p>',
      '<p>{cut(s.text)}</p>',
      '<p>{s.text !== null ? s.text : "–"}</p>',
      '<Row aria-label={s.author} />',
    ].map((jsx) => ({ [`${W}/screens/a/b.tsx`]: `const a = ${jsx};` })),
    good: {
      [`${W}/screens/a/b.tsx`]:
        'const a = <p>{s.text !== null && <UserContent text={s.text} title={s.title} />}{s.text ? 1 : 2}{issue.title}{s.text.length}<Row signal={s} onOpen={() => open(s.text)} /></p>; const t = s.text;',
      [`${W}/parts/user-content.tsx`]: 'const a = <p>{s.text}</p>;',
    },
  },
  {
    rule: papers.dependenciesExplained,
    bad: [
      {
        'package.json': '{"dependencies":{"pad":"1"}}',
        'ARCHITECTURE.md': '# x `pad`\n## Dependencies\n- `other` why\n',
      },
    ],
    good: {
      'packages/a/package.json': '{"dependencies":{"pad":"1","@groundswell/b":"1"},"devDependencies":{"x":"1"}}',
      'ARCHITECTURE.md': '## Dependencies, and why\n- `pad` it pads\n',
    },
  },
  {
    rule: papers.emptyHanded,
    bad: [
      { 'packages/analytics/package.json': '{"dependencies":{"zod":"1"}}' },
      { 'packages/contract/package.json': '{"dependencies":{"pg":"1"}}' },
    ],
    good: { 'packages/contract/package.json': '{"dependencies":{"zod":"1"}}' },
  },
  {
    rule: papers.portableLock,
    bad: ['https://registry.example/x.tgz', '/srv/x.tgz', 'file:../x'].map((resolved) => ({
      'package-lock.json': JSON.stringify({ packages: { x: { resolved } } }),
    })),
    good: {
      'package-lock.json':
        '{"packages":{"node_modules/@groundswell/cli":{"resolved":"packages/cli","link":true},"x":{}}}',
    },
  },
  {
    rule: papers.noMachinePath,
    bad: ['wo' + 'rk/main', 'ro' + 'ot/x', 'ho' + 'me/ana/x'].map((path) => ({ 'a.md': `see /${path}` })),
    good: { 'a.md': 'see ../shared, ~/x, /var/lib/groundswell, frame' + 'wo' + 'rk/x, a/wo' + 'rk/b and /api/home/x' },
  },
  {
    rule: papers.walledTables,
    bad: ['', 'alter table a enable row level security;', 'create policy p on a to gs_app using (true);'].map(
      (wall) => ({
        'packages/server/migrations/1.sql': `create table a (\n  id int,\n  compartment text not null\n);\n${wall}`,
      }),
    ),
    good: {
      'packages/server/migrations/1.sql':
        'create table a (\n  compartment text\n);\ncreate table b (\n  id int -- of no compartment\n);',
      'packages/server/migrations/2.sql':
        'alter table a enable row level security;\ncreate policy p on a to gs_app using (true);',
    },
  },
  {
    rule: papers.countedMigrations,
    bad: ['0003_b.sql', '0001_b.sql', '2_b.sql'].map((name) => ({
      'packages/server/migrations/0001_a.sql': '',
      [`packages/server/migrations/${name}`]: '',
    })),
    good: { 'packages/server/migrations/0001_a.sql': '', 'packages/server/migrations/0002_b.sql': '' },
  },
  {
    rule: papers.shortPapers,
    bad: [{ 'ARCHITECTURE.md': lines(121, 'x') }, { 'docs/decisions/1.md': lines(41, 'x') }],
    good: { 'ARCHITECTURE.md': lines(120, 'x'), 'README.md': lines(500, 'x') },
  },
];

describe.each(EXAMPLES)('$rule.name', ({ rule, bad, good }) => {
  test('holds', () => expect(rule.check(house)).toEqual([]));

  test('is seen failing on what breaks it, and passes what does not', () => {
    for (const files of bad) expect(rule.check(treeOf(files)), JSON.stringify(files)).not.toEqual([]);
    expect(rule.check(treeOf(good))).toEqual([]);
  });
});

test('every rule that is written is also held', () => {
  const written = [order, code, words, papers, examples]
    .flatMap((file) => Object.values(file))
    .filter((one) => typeof one === 'object' && 'check' in one);
  expect(EXAMPLES.map(({ rule }) => rule.name).sort()).toEqual(written.map((rule) => rule.name).sort());
  expect(house.length).toBeGreaterThan(100);
});
