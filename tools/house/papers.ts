/** What stands beside the code: dependencies, the lock, migrations, documents. */
import { runtimeDependencies } from './order.ts';
import { lineCount, type Rule } from './tree.ts';

const ARCHITECTURE = 'ARCHITECTURE.md';

export const dependenciesExplained: Rule = {
  name: 'every runtime dependency has its line of why in ARCHITECTURE.md',
  check(tree) {
    const text = tree.find(({ path }) => path === ARCHITECTURE)?.text ?? '';
    const section = text.split(/^## /m).find((part) => part.startsWith('Dependencies')) ?? '';
    return tree
      .filter(({ path }) => /^(packages\/[^/]+\/)?package\.json$/.test(path))
      .flatMap(({ path }) =>
        runtimeDependencies(tree, path)
          .filter((name) => !name.startsWith('@groundswell/') && !section.includes(`\`${name}\``))
          .map((name) => `${path}: depends on ${name}, and "Dependencies" in ${ARCHITECTURE} does not say why`),
      );
  },
};

export const emptyHanded: Rule = {
  name: 'contract depends on zod alone, analytics on nothing',
  check: (tree) =>
    Object.entries({ contract: ['zod'], analytics: [] as string[] }).flatMap(([name, allowed]) => {
      const path = `packages/${name}/package.json`;
      return runtimeDependencies(tree, path)
        .filter((dependency) => !allowed.includes(dependency))
        .map((dependency) => `${path}: depends on ${dependency}`);
    }),
};

export const portableLock: Rule = {
  name: 'the lock names no machine and no registry',
  check: (tree) =>
    tree
      .filter(({ path }) => path === 'package-lock.json')
      .flatMap(({ path, text }) => {
        const { packages = {} } = JSON.parse(text) as { packages?: Record<string, { resolved?: string }> };
        return Object.entries(packages)
          .filter(([, { resolved }]) => resolved !== undefined && /^\w+:|^\//.test(resolved))
          .map(
            ([name]) => `${path}: ${name} was resolved to one place; install again with the .npmrc of this repository`,
          );
      }),
};

/** Joined, so that this file does not break its own rule. */
const MACHINE = new RegExp(
  `(?<![\\w.])/(${['wo' + 'rk', 'ro' + 'ot', 'ho' + 'me/\\w+', 'Us' + 'ers/\\w+'].join('|')})/`,
);

export const noMachinePath: Rule = {
  name: 'nothing names a folder of one machine',
  check: (tree) =>
    tree.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => {
        const found = MACHINE.exec(line)?.[0];
        return found ? [`${path}:${i + 1}: "${found}" is a folder of one machine`] : [];
      }),
    ),
};

export const walledTables: Rule = {
  name: 'a table with a compartment has row-level security and a policy',
  check(tree) {
    const migrations = tree.filter(({ path }) => /^packages\/server\/migrations\/.*\.sql$/.test(path));
    const all = migrations.map(({ text }) => text).join('\n');
    return migrations.flatMap(({ path, text }) =>
      [...text.matchAll(/^create (?:unlogged )?table (?:if not exists )?([\w.]+) \((.*?)^\)/gms)]
        .filter(([, , columns]) => /^\s*compartment\s/m.test(columns!))
        .filter(([, table]) => {
          const enabled = new RegExp(`alter table ${table} enable row level security`).test(all);
          return !enabled || !new RegExp(`create policy \\w+ on ${table}\\b`).test(all);
        })
        .map(
          ([, table]) =>
            `${path}: the table ${table} has a compartment and no wall (enable row level security, create policy)`,
        ),
    );
  },
};

export const shortPapers: Rule = {
  name: 'ARCHITECTURE.md has at most 120 lines, a decision 40',
  check: (tree) =>
    tree.flatMap(({ path, text }) => {
      const most = path === ARCHITECTURE ? 120 : path.startsWith('docs/decisions/') ? 40 : Infinity;
      return lineCount(text) > most ? [`${path}: has ${lineCount(text)} lines; ${most} is the most`] : [];
    }),
};

export const countedMigrations: Rule = {
  name: 'migrations are numbered without a gap or a repeat',
  check: (tree) =>
    tree
      .map(({ path }) => path)
      .filter((path) => path.startsWith('packages/server/migrations/'))
      .sort()
      .flatMap((path, i) => {
        const number = /\/(\d{4})_[a-z0-9_]+\.sql$/.exec(path)?.[1];
        return Number(number) === i + 1
          ? []
          : [`${path}: the next one is ${String(i + 1).padStart(4, '0')}_<what>.sql`];
      }),
};
