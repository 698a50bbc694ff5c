/** The sources as the rules see them: path, text and, for TypeScript, the syntax tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export interface Source {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export type Tree = readonly Source[];

/** A rule of the house: what it says, and who breaks it ("path: why"). */
export interface Rule {
  readonly name: string;
  check(tree: Tree): string[];
}

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.vite', '.groundswell', 'coverage', 'out', 'test-results']);
const TEXT = /\.(ts|tsx|mjs|css|json|sql|md|html|yml|yaml|svg)$|(^|\/)run$/;

export function readTree(root: string, folder = ''): Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (SKIPPED.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) return [];
    if (entry.isDirectory()) return readTree(root, path);
    return TEXT.test(path) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}

export const isTest = (path: string): boolean =>
  /\.(test|walk)\.tsx?$/.test(path) || /^packages\/[^/]+\/(test|walks)\//.test(path);
const isCode = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
export const codeOf = (tree: Tree): Tree => tree.filter(({ path }) => isCode(path));
export const lineCount = (text: string): number => text.replace(/\n$/, '').split('\n').length;

interface Parsed {
  readonly file: ts.SourceFile;
  /** Every node, the whole file first: listed once, because every rule walks them all. */
  readonly nodes: readonly ts.Node[];
}
const parsed = new WeakMap<Source, Parsed>();

function parse(source: Source): Parsed {
  let known = parsed.get(source);
  if (!known) {
    const kind = source.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true, kind);
    known = { file, nodes: [...walk(file)] };
    parsed.set(source, known);
  }
  return known;
}

function* walk(root: ts.Node): Generator<ts.Node> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    ts.forEachChild(node, (child) => void open.push(child));
  }
}

export const nodesOf = (source: Source): readonly ts.Node[] => parse(source).nodes;
export const syntax = (source: Source): ts.SourceFile => parse(source).file;

export function lineOf(source: Source, node: ts.Node): number {
  const { file } = parse(source);
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

interface Import {
  readonly word: string;
  /** For types alone: gone when the program runs. */
  readonly erased: boolean;
}

/** What a file imports or re-exports, lazily or not. */
function imports(source: Source): Import[] {
  return parse(source).nodes.flatMap((node) => {
    const from = fromOf(node);
    return from && ts.isStringLiteralLike(from) ? [{ word: from.text, erased: isErased(node) }] : [];
  });
}

function fromOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  return undefined;
}

const isErased = (node: ts.Node): boolean =>
  ts.isImportTypeNode(node) ||
  (ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) ||
  (ts.isExportDeclaration(node) && node.isTypeOnly);

/** As written; with `atRunTime`, without those it takes only types from. */
export const specifiers = (source: Source, atRunTime = false): string[] =>
  imports(source)
    .filter(({ erased }) => !(erased && atRunTime))
    .map(({ word }) => word);

/** Where a relative import leads, from the root of the repository. */
export const target = (from: string, specifier: string): string => posix.join(posix.dirname(from), specifier);

/** The files of this repository that a file imports. */
export const imported = (source: Source, atRunTime = false): string[] =>
  specifiers(source, atRunTime)
    .filter((word) => word.startsWith('.'))
    .map((word) => target(source.path, word).replace(/\?.*$/, ''));

/** One complaint per node that `why` has something to say about. */
export function complain(
  sources: Tree,
  why: (node: ts.Node, source: Source) => string | false | null | undefined,
): string[] {
  return sources.flatMap((source) =>
    parse(source).nodes.flatMap((node) => {
      const said = why(node, source);
      return said ? [`${source.path}:${lineOf(source, node)}: ${said}`] : [];
    }),
  );
}
