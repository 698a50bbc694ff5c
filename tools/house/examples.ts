/** Packages that others read by their declarations show how each function is called. */
import ts from 'typescript';
import { codeOf, lineOf, type Rule, type Source, syntax, type Tree, target } from './tree.ts';

const READ_FROM_OUTSIDE = ['analytics', 'contract', 'formats'];

export const publicExamples: Rule = {
  name: 'a public function of analytics, formats and contract says how it is called',
  check: (tree) =>
    READ_FROM_OUTSIDE.flatMap((name) => {
      const door = tree.find(({ path }) => path === `packages/${name}/src/index.ts`);
      return door ? publicFunctions(tree, door).flatMap(([source, node]) => complaint(source, node)) : [];
    }),
};

type Found = [Source, ts.FunctionDeclaration];

/** What the door lets out: everything of a file, or the names that it lists. */
function publicFunctions(tree: Tree, door: Source): Found[] {
  return syntax(door).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.isTypeOnly || !statement.moduleSpecifier) return [];
    const path = target(door.path, (statement.moduleSpecifier as ts.StringLiteral).text);
    const source = codeOf(tree).find((one) => one.path === path);
    const { exportClause } = statement;
    const names =
      exportClause && ts.isNamedExports(exportClause)
        ? new Set(exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text))
        : null;
    return source ? functionsOf(source, names) : [];
  });
}

const functionsOf = (source: Source, names: ReadonlySet<string> | null): Found[] =>
  syntax(source)
    .statements.filter((statement) => ts.isFunctionDeclaration(statement))
    .filter((node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .filter((node) => names === null || names.has(node.name?.text ?? ''))
    .map((node) => [source, node]);

function complaint(source: Source, node: ts.FunctionDeclaration): string[] {
  if (ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'example')) return [];
  return [`${source.path}:${lineOf(source, node)}: ${node.name?.text} is public and has no @example above it`];
}
