/** Names, and the words of users. */
import ts from 'typescript';
import { codeOf, complain, isTest, nodesOf, type Rule, type Tree } from './tree.ts';

/** Names that say nothing about what is inside, so that everything ends up there. */
const EMPTY =
  /^(utils?|helpers?|common|libs?|types|services?|managers?|misc|shared)$|-(utils?|helpers?|services?|managers?)$/i;

export const tellingNames: Rule = {
  name: 'files and folders are named by what is in them',
  check: (tree) =>
    tree.flatMap(({ path }) => {
      const empty = path.split('/').find((part) => EMPTY.test(part.split('.')[0]!));
      return empty ? [`${path}: "${empty}" says nothing about what is inside; name it by that`] : [];
    }),
};

/** What the product calls its things. To the numbers they are items, groups and surges. */
const PRODUCT = new Set(['signal', 'signals', 'topic', 'topics', 'alert', 'issue', 'issues', 'cases', 'kase']);
/** The budget is counted in alerts, whoever counts it. */
const SETTINGS = new Set(['falseAlertsPerWeek']);

export const neutralAnalytics: Rule = {
  name: 'analytics knows no word of the product',
  check: (tree) =>
    complain(
      codeOf(tree).filter(({ path }) => path.startsWith('packages/analytics/src/') && !isTest(path)),
      (node) => {
        if (!ts.isIdentifier(node) || SETTINGS.has(node.text)) return null;
        const words = node.text
          .replace(/([a-z\d])([A-Z])/g, '$1 $2')
          .toLowerCase()
          .split(/[\s_$]+/);
        const found = words.find((word) => PRODUCT.has(word) || word === 'alerts');
        return found && `"${node.text}" is a word of the product; this package knows texts, times and counts`;
      },
    ),
};

const CONTENT = 'packages/web/src/parts/user-content.tsx';
/** Fields that hold what a user wrote, wherever they stand. */
const ALWAYS = new Set(['text', 'author', 'quote']);
/** `title` is safe on an issue, whose label is made of clean words, and a user's own on a signal. */
const ON_SIGNALS = new Set(['title']);
const SIGNAL = /(signal|medoid|sample|quote|typical|newest)$/i;
const SHOWN_ATTRIBUTES = new Set(['title', 'alt', 'label', 'placeholder', 'description', 'children']);

export const usersWords: Rule = {
  name: 'what a user wrote is shown by parts/user-content.tsx and by nothing else',
  check: (tree: Tree) =>
    complain(
      codeOf(tree).filter(
        ({ path }) => /^packages\/web\/src\/.*\.tsx$/.test(path) && path !== CONTENT && !isTest(path),
      ),
      (node) => {
        if (!ts.isPropertyAccessExpression(node) || !isUsersField(node) || !isShown(node)) return null;
        return `shows {${node.getText()}}; pass it to <UserContent>, which covers, masks and isolates it`;
      },
    ),
};

function isUsersField({ name, expression }: ts.PropertyAccessExpression): boolean {
  return ALWAYS.has(name.text) || (ON_SIGNALS.has(name.text) && SIGNAL.test(expression.getText()));
}

/** Whether the value itself gets onto the screen: not its length, not a question about it, not a prop of a part. */
function isShown(node: ts.Node): boolean {
  let inner: ts.Node = node;
  for (let outer = node.parent; outer; inner = outer, outer = outer.parent) {
    if (ts.isJsxAttribute(outer)) return isShownAttribute(outer);
    if (ts.isJsxExpression(outer) && !ts.isJsxAttribute(outer.parent)) return true;
    if (ts.isPropertyAccessExpression(outer) && outer.expression === inner) {
      if (!['trim', 'slice', 'toString', 'toUpperCase', 'toLowerCase'].includes(outer.name.text)) return false;
    }
    if (ts.isBinaryExpression(outer) && isQuestion(outer, inner)) return false;
    if (ts.isConditionalExpression(outer) && outer.condition === inner) return false;
    if (ts.isFunctionLike(outer) && !(ts.isArrowFunction(outer) && outer.body === inner)) return false;
    if (ts.isJsxSpreadAttribute(outer) || ts.isStatement(outer)) return false;
  }
  return false;
}

function isShownAttribute(attribute: ts.JsxAttribute): boolean {
  const name = attribute.name.getText();
  const tag = attribute.parent.parent.tagName.getText();
  if (tag === 'UserContent') return false;
  return SHOWN_ATTRIBUTES.has(name) || name.startsWith('aria-');
}

const COMPARING = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.GreaterThanToken,
]);

function isQuestion({ operatorToken, left }: ts.BinaryExpression, inner: ts.Node): boolean {
  if (COMPARING.has(operatorToken.kind)) return true;
  return operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && left === inner;
}

const ENGLISH = 'packages/web/src/locales/en.json';
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Words = { readonly [key: string]: string | Words };

/** A key is asked for as it stands, or by a template whose gaps are filled in when the program runs. */
export const spokenWords: Rule = {
  name: 'every text of the screens is asked for somewhere',
  check: (tree) => {
    const english = tree.find(({ path }) => path === ENGLISH);
    if (!english) return [];
    const screens = codeOf(tree).filter(({ path }) => path.startsWith('packages/web/src/') && !isTest(path));
    const { whole, gapped } = askedFor(screens);
    return keysOf(JSON.parse(english.text) as Words)
      .filter((key) => !whole.has(key) && !gapped.some((pattern) => pattern.test(key)))
      .map((key) => `${ENGLISH}: nobody asks for "${key}"`);
  },
};

const keysOf = (words: Words, above = ''): string[] => [
  ...new Set(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [above + key.replace(PLURAL, '')] : keysOf(value, `${above}${key}.`),
    ),
  ),
];

function askedFor(screens: Tree): { whole: Set<string>; gapped: RegExp[] } {
  const whole = new Set<string>();
  const gapped: RegExp[] = [];
  for (const node of screens.flatMap(nodesOf)) {
    if (ts.isStringLiteralLike(node)) whole.add(node.text.replace(PLURAL, ''));
    else if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
      // without a name in it, a template would stand for everything
      if (/^[\w.]+$/.test(parts.join(''))) gapped.push(patternOf(parts));
    }
  }
  return { whole, gapped };
}

/** What stands after a name may have dots of its own, such as the code of a refusal; what stands first is one name. */
const patternOf = ([head = '', ...rest]: readonly string[]): RegExp =>
  new RegExp(`^${plain(head)}${head === '' ? '\\w+' : '[\\w.]+'}${rest.map(plain).join('[\\w.]+')}$`);

const plain = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
