/** How code is written: sizes, exports, comments, purity, where SQL stands. */
import ts from 'typescript';
import {
  codeOf,
  complain,
  imported,
  isTest,
  lineCount,
  type Rule,
  type Source,
  specifiers,
  type Tree,
} from './tree.ts';

const FILE_MAX = 300;
const TEST_MAX = 400;
const FUNCTION_MAX = 60;
const DOOR_MAX = 20;
/** A table of contents, one line a file (ADR 15). */
const PACKAGE_DOOR_MAX = 60;

/** Words and codes, not code: as long as the languages and the taxonomy need. */
const isData = (path: string): boolean => /\/(locales|taxonomy)\//.test(path);

/** Null for what is no door. */
function doorMax(path: string): number | null {
  if (!/\/index\.tsx?$/.test(path)) return null;
  return /^packages\/[^/]+\/src\/index\.ts$/.test(path) ? PACKAGE_DOOR_MAX : DOOR_MAX;
}

export const fileSize: Rule = {
  name: `a file has at most ${FILE_MAX} lines, a test ${TEST_MAX}, a door ${DOOR_MAX}`,
  check: (tree) =>
    codeOf(tree)
      .filter(({ path }) => !isData(path))
      .flatMap(({ path, text }) => {
        const most = isTest(path) ? TEST_MAX : (doorMax(path) ?? FILE_MAX);
        return lineCount(text) > most
          ? [`${path}: has ${lineCount(text)} lines; ${most} is the most. Take out what has a name of its own`]
          : [];
      }),
};

export const functionSize: Rule = {
  name: `a function has at most ${FUNCTION_MAX} lines`,
  check: (tree) =>
    complain(notTests(tree), (node, { text }) => {
      if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return null;
      const lines = lineCount(text.slice(node.getStart(), node.end));
      return lines > FUNCTION_MAX && `a function of ${lines} lines; ${FUNCTION_MAX} is the most`;
    }),
};

const notTests = (tree: Tree): Tree => codeOf(tree).filter(({ path }) => !isTest(path));

/** Tools that read a default export and nothing else. */
const CONFIGURATION = /(^|\/)(vite|vitest)\.config\.ts$/;

export const noDefaultExport: Rule = {
  name: 'things are exported by name',
  check: (tree) =>
    complain(
      codeOf(tree).filter(({ path }) => !CONFIGURATION.test(path)),
      (node) => {
        const isDefault =
          ts.isExportAssignment(node) ||
          (ts.canHaveModifiers(node) &&
            ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) ||
          (ts.isExportSpecifier(node) && node.name.text === 'default');
        return isDefault && 'a default export; give it a name, so that it can be found by it';
      },
    ),
};

export const importEndings: Rule = {
  name: 'a relative import says the whole name of the file',
  check: (tree) =>
    codeOf(tree).flatMap((source) =>
      specifiers(source)
        .filter((word) => word.startsWith('.') && !/\.(ts|tsx|mjs|css|json|svg)(\?\w+)?$/.test(word))
        .map((word) => `${source.path}: imports ${word}; write the ending (.ts or .tsx): type stripping maps nothing`),
    ),
};

/** Joined here, so that this file does not break its own rule. */
const EXCEPTIONS = [
  ['biome', 'ignore'],
  ['ts', 'ignore'],
  ['ts', 'expect-error'],
  ['ts', 'nocheck'],
  ['eslint', 'disable'],
  ['prettier', 'ignore'],
].map((words) => words.join('-'));
const LATER = [['TO', 'DO'].join(''), ['FIX', 'ME'].join('')];

export const noExceptionComment: Rule = {
  name: 'no comment silences a check or puts something off',
  check: (tree) => {
    const words = new RegExp(`${EXCEPTIONS.join('|')}|\\b(${LATER.join('|')})\\b`);
    return tree
      .filter(({ path }) => /\.(ts|tsx|mjs|css|sql)$/.test(path))
      .flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, i) => {
          const found = words.exec(line)?.[0];
          return found ? [`${path}:${i + 1}: "${found}"; mend the cause, or change the rule in view`] : [];
        }),
      );
  },
};

export const noAny: Rule = {
  name: 'nothing is of type any',
  check: (tree) =>
    complain(codeOf(tree), (node) => node.kind === ts.SyntaxKind.AnyKeyword && '"any"; say what it is, or "unknown"'),
};

/** `<noun>.ts` with a `<noun>.store.ts`, `.actions.ts`, `.routes.ts` or `.jobs.ts` beside it. */
function domainFiles(tree: Tree): Tree {
  const rooms = new Set(tree.map(({ path }) => path));
  return codeOf(tree).filter(
    ({ path }) =>
      /^packages\/server\/src\/[^/]+\/[a-z-]+\.ts$/.test(path) &&
      ['store', 'actions', 'routes', 'jobs'].some((room) => rooms.has(path.replace(/\.ts$/, `.${room}.ts`))),
  );
}

const CHANCE = new Set(['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues']);

export const pureDomain: Rule = {
  name: 'the domain is pure: no async, no clock, no chance, no database',
  check: (tree) => [
    ...complain(domainFiles(tree), (node) => impurity(node)),
    ...domainFiles(tree).flatMap((source) =>
      [...imported(source), ...specifiers(source)]
        .filter((word) => /\.(store|actions|routes|jobs)\.ts$/.test(word) || ['kysely', 'pg', 'fastify'].includes(word))
        .map((word) => `${source.path}: imports ${word}; the domain knows nothing of where things are kept or asked`),
    ),
  ],
};

function impurity(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node))
    return 'async in the domain; let the action wait';
  if (isClock(node)) return 'the clock in the domain; take the time as an argument';
  if (isCallOf(node, 'Math', 'random') || (ts.isIdentifier(node) && CHANCE.has(node.text))) {
    return 'chance in the domain; take it as an argument';
  }
  return null;
}

function isCallOf(node: ts.Node, object: string, method: string): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === object &&
    node.name.text === method
  );
}

function isClock(node: ts.Node): boolean {
  if (isCallOf(node, 'Date', 'now') || isCallOf(node, 'performance', 'now')) return true;
  return ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
}

const BUILDERS = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto']);
/** `events.ts` is the spine itself: its one table has one file. */
const mayHoldSql = (path: string): boolean =>
  /\.store\.ts$/.test(path) ||
  path.startsWith('packages/server/src/platform/') ||
  path === 'packages/server/src/events.ts' ||
  isTest(path);

export const sqlInStores: Rule = {
  name: 'SQL stands in *.store.ts, in migrations and in the platform',
  check: (tree) =>
    complain(
      codeOf(tree).filter(({ path }) => path.startsWith('packages/') && !mayHoldSql(path)),
      (node) => {
        const builds = ts.isPropertyAccessExpression(node) && BUILDERS.has(node.name.text);
        const writes = ts.isTaggedTemplateExpression(node) && /^sql(\.|<|$)/.test(node.tag.getText());
        return (builds || writes) && 'SQL outside a store; give the statement a name in a *.store.ts';
      },
    ),
};

const FAR = new Set(
  ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises']
    .flatMap((name) => [name, `node:${name}`])
    .concat('undici'),
);
/** The platform listens, and looks whether a port is free; it calls nobody but there. */
const EGRESS = /^packages\/server\/src\/platform\/net(-\w+)?\.ts$/;
const CLIENTS = /^(node:)?(https|dns|dns\/promises|tls|dgram)$/;
/** What of `node:net` only looks at an address. */
const LOOKING = /^\s*(type\s+)?(isIP|isIPv4|isIPv6|BlockList)\s*$/;
const onlyLooks = ({ text }: Source, word: string): boolean => {
  const names = text.match(/import \{([^}]*)\} from '(?:node:)?net'/)?.[1];
  return /^(node:)?net$/.test(word) && (names?.split(',').every((name) => LOOKING.test(name)) ?? false);
};

export const oneEgress: Rule = {
  name: 'nothing leaves the server but through platform/net.ts',
  check(tree) {
    const server = notTests(tree).filter(({ path }) => /^packages\/server\/src\//.test(path) && !EGRESS.test(path));
    const isPlatform = (path: string) => path.startsWith('packages/server/src/platform/');
    const calls = complain(
      server,
      (node) =>
        ts.isCallExpression(node) &&
        /^(globalThis\.)?fetch$/.test(node.expression.getText()) &&
        'calls fetch; use tools.net, which knows where data may go',
    );
    const imports = server.flatMap((source) =>
      specifiers(source, true)
        .filter((word) => (isPlatform(source.path) ? CLIENTS.test(word) : FAR.has(word) && !onlyLooks(source, word)))
        .map((word) => `${source.path}: imports ${word}; use tools.net, which knows where data may go`),
    );
    return [...calls, ...imports];
  },
};

export const faultsPass: Rule = {
  name: 'a route catches nothing: refusals and faults are answered in one place',
  check: (tree) =>
    complain(
      notTests(tree).filter(({ path }) => path.endsWith('.routes.ts')),
      (node) => {
        const catches = ts.isPropertyAccessExpression(node) && node.name.text === 'catch';
        const tries = ts.isTryStatement(node) && /\bawait\b/.test(node.tryBlock.getText());
        return (catches || tries) && 'catches what an action throws; let it through to platform/http-errors.ts';
      },
    ),
};

export const noMocks: Rule = {
  name: 'no test replaces a module',
  check: (tree) =>
    complain(
      codeOf(tree),
      (node) =>
        (isCallOf(node, 'vi', 'mock') || isCallOf(node, 'vi', 'doMock')) && 'replaces a module; test with the real one',
    ),
};

/** What reaches out of a calculation: the machine, the clock, chance, the log. */
const GLOBALS = new Set([
  'process',
  'Buffer',
  'console',
  'fetch',
  'crypto',
  'performance',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'globalThis',
  'require',
]);

export const pureAnalytics: Rule = {
  name: 'analytics reaches for nothing: no machine, no clock, no chance',
  check: (tree) =>
    complain(
      notTests(tree).filter(({ path }) => path.startsWith('packages/analytics/src/')),
      (node, source) => {
        if (isClock(node)) return 'reads the clock; take the time as an argument';
        if (isCallOf(node, 'Math', 'random')) return 'draws lots; take `random: () => number` as an argument';
        return isGlobal(node, source) ? `uses "${(node as ts.Identifier).text}", which belongs to the machine` : null;
      },
    ),
};

/** A free name, not a property, a declaration or something of ours with the same name. */
function isGlobal(node: ts.Node, source: Source): boolean {
  if (!ts.isIdentifier(node) || !GLOBALS.has(node.text)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent)) return false;
  return !new RegExp(`(const|let|function|import \\{[^}]*)\\s*\\b${node.text}\\b`).test(source.text);
}
