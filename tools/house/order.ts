/** Who may know whom: slices, packages, screens. */
import { codeOf, imported, isTest, type Rule, type Source, specifiers, type Tree } from './tree.ts';

/** The one-way rule of the server: who stands above may know who stands below. In one pair of brackets: siblings. */
const LAYERS = [
  ['app'],
  ['live'],
  ['live'],
  ['insights', 'search'],
  ['worlds'],
  ['process', 'rca'],
  ['actions', 'handover'],
  ['cases'],
  ['views'],
  ['issues'],
  ['topics', 'evidence', 'playbooks'],
  ['imports', 'connectors', 'copies', 'background'],
  ['signals', 'clocks', 'shifts', 'wellbeing'],
  ['people'],
  ['notify'],
  ['exports'],
  ['audit'],
  ['privacy'],
  ['access'],
  ['events'],
  ['platform'],
];
const rankOf = (slice: string): number => LAYERS.findIndex((layer) => layer.includes(slice));

const SERVER = 'packages/server/src/';
const sliceOf = (path: string): string => path.slice(SERVER.length).split('/')[0]!.replace(/\.ts$/, '');
const inServer = (tree: Tree): Tree => codeOf(tree).filter(({ path }) => path.startsWith(SERVER) && !isTest(path));

/** Imports that leave a slice, as [file, its slice, imported file, that one's slice]. */
const crossings = (tree: Tree): [Source, string, string, string][] =>
  inServer(tree).flatMap((source) =>
    imported(source)
      .filter((path) => path.startsWith(SERVER) && sliceOf(path) !== sliceOf(source.path))
      .map((path): [Source, string, string, string] => [source, sliceOf(source.path), path, sliceOf(path)]),
  );

export const sliceOrder: Rule = {
  name: 'a slice of the server knows only slices below it, and the platform knows none',
  check: (tree) => [
    ...inServer(tree)
      .filter(({ path }) => rankOf(sliceOf(path)) < 0)
      .map(
        ({ path }) =>
          `${path}: "${sliceOf(path)}" is no slice of the order in tools/house/order.ts; give it a place there, with an ADR`,
      ),
    ...crossings(tree)
      .filter(([, from, , to]) => rankOf(to) >= 0 && rankOf(from) >= rankOf(to))
      .map(
        ([{ path }, from, , to]) =>
          `${path}: ${from} must not know ${to}, which stands ${rankOf(from) === rankOf(to) ? 'beside' : 'above'} it; tell it by an event`,
      ),
  ],
};

export const doors: Rule = {
  name: 'another slice is entered by its door',
  check: (tree) =>
    crossings(tree)
      .filter(([, , path, to]) => to !== 'platform' && to !== 'events' && path !== `${SERVER}${to}/index.ts`)
      .map(
        ([{ path }, , entered]) =>
          `${path}: enters ${entered}; use the index.ts of that slice, and export there what is missing`,
      ),
};

const WEB = 'packages/web/src/';
const WEB_LAYERS = [['app'], ['screens'], ['parts', 'api'], ['locales']];

export const screenOrder: Rule = {
  name: 'in the web, app knows screens, screens know parts and api, and no screen folder knows another',
  check: (tree) =>
    codeOf(tree)
      .filter(({ path }) => path.startsWith(WEB) && !isTest(path))
      .flatMap((source) => {
        const [room, screen] = source.path.slice(WEB.length).split('/');
        const rank = WEB_LAYERS.findIndex((layer) => layer.includes(room!));
        if (rank < 0)
          return [`${source.path}: the web has no room "${room}"; its rooms are app, screens, parts, api, locales`];
        return imported(source)
          .filter((path) => path.startsWith(WEB))
          .flatMap((path) => {
            const [other, otherScreen] = path.slice(WEB.length).split('/');
            const otherRank = WEB_LAYERS.findIndex((layer) => layer.includes(other!));
            const beside = room === other ? room === 'screens' && screen !== otherScreen : otherRank <= rank;
            return beside ? [`${source.path}: imports ${path}; what two rooms share belongs into one below both`] : [];
          });
      }),
};

interface Allowed {
  /** Packages of this workspace. */
  readonly own: readonly string[];
  readonly node: boolean;
}
const PACKAGES: Readonly<Record<string, Allowed>> = {
  contract: { own: [], node: false },
  analytics: { own: [], node: false },
  formats: { own: [], node: true },
  simulator: { own: ['contract'], node: true },
  server: { own: ['contract', 'analytics', 'formats', 'simulator'], node: true },
  web: { own: ['contract'], node: false },
  cli: { own: ['contract', 'analytics', 'formats', 'simulator', 'server/command-line'], node: true },
};

export const packageOrder: Rule = {
  name: 'a package imports only what it stands on and what its package.json names',
  check: (tree) =>
    codeOf(tree)
      .filter(({ path }) => /^packages\/[^/]+\/src\//.test(path) && !isTest(path))
      .flatMap((source) => {
        const name = source.path.split('/')[1]!;
        const allowed = PACKAGES[name];
        if (!allowed)
          return [`${source.path}: packages/${name} has no line in tools/house/order.ts; give it one, with an ADR`];
        const named = [...runtimeDependencies(tree, `packages/${name}/package.json`), ...madeByTheBuild(tree, name)];
        return specifiers(source).flatMap((word) => {
          const why = objection(source.path, name, word, allowed, named);
          return why ? [`${source.path}: imports ${word}; ${why}`] : [];
        });
      }),
};

function objection(
  path: string,
  name: string,
  word: string,
  allowed: Allowed,
  named: readonly string[],
): string | null {
  if (word.startsWith('.')) {
    const inside = imported({ path, text: `import '${word}';` })[0]!.startsWith(`packages/${name}/`);
    return inside ? null : 'a package is entered by its name, not by a path';
  }
  if (word.startsWith('node:')) return allowed.node ? null : `${name} runs where there is no Node`;
  const [scope, own, ...rest] = word.split('/');
  if (scope === '@groundswell') {
    return allowed.own.includes([own, ...rest].join('/'))
      ? null
      : `${name} may know only: ${allowed.own.join(', ') || 'nobody'}`;
  }
  const bare = word.startsWith('@') ? `${scope}/${own}` : scope!;
  return named.includes(bare) ? null : `packages/${name}/package.json does not name it as a dependency`;
}

/** Modules that the package's own build makes: each is declared in view, in a `.d.ts` of the package that imports it. */
const madeByTheBuild = (tree: Tree, name: string): string[] =>
  tree
    .filter(({ path }) => path.startsWith(`packages/${name}/src/`) && path.endsWith('.d.ts'))
    .flatMap(({ text }) => [...text.matchAll(/^declare module '(virtual:[^']+)'/gm)].map((found) => found[1]!));

export function runtimeDependencies(tree: Tree, path: string): string[] {
  const text = tree.find((source) => source.path === path)?.text ?? '{}';
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(text) as Record<string, Record<string, string>>;
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies)];
}

export const noCircle: Rule = {
  name: 'no file imports itself by a detour when it runs',
  check(tree) {
    const files = new Map(codeOf(tree).map((source) => [source.path, imported(source, true)]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, way: readonly string[]): void => {
      const start = way.indexOf(path);
      if (start >= 0) circles.push([...way.slice(start), path].join(' → '));
      if (start >= 0 || done.has(path)) return;
      for (const next of files.get(path) ?? []) visit(next, [...way, path]);
      done.add(path);
    };
    for (const path of files.keys()) visit(path, []);
    return circles;
  },
};
