/** Texts that are used again: by language, with `{{names}}` for what is filled in. Pure. */
import { Refusal } from '@groundswell/contract';

export interface Template {
  readonly id: string;
  readonly compartment: string;
  readonly kind: 'message' | 'ask';
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly version: number;
}

const VARIABLE = /\{\{\s*([a-z][a-z0-9_]{0,59})\s*\}\}/g;
/** Braces that are no variable: a slip of the pen that would leave the house as it stands. */
const BROKEN = /\{\{|\}\}/;

/** Of all languages together, each once. */
export function variablesOf(texts: Template['texts']): string[] {
  const found = Object.values(texts).flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name]) => name!));
  return [...new Set(found)].sort();
}

export function mustBeWhole(texts: Template['texts']): void {
  const broken = Object.entries(texts).find(([, text]) => BROKEN.test(text.replaceAll(VARIABLE, '')));
  if (!broken) return;
  throw new Refusal(
    'template.broken',
    `The text in "${broken[0]}" holds "{{" or "}}" that is no variable. Write variables as {{name}}: small letters, digits and "_".`,
  );
}

/** Exactly that language, else the language without its region, else another region of it. */
export function pickLanguage(texts: Template['texts'], wanted: string): string {
  const tags = Object.keys(texts).sort();
  const base = wanted.split('-')[0]!;
  const found =
    tags.find((tag) => tag.toLowerCase() === wanted.toLowerCase()) ??
    tags.find((tag) => tag === base) ??
    tags.find((tag) => tag.split('-')[0] === base);
  if (found) return found;
  throw new Refusal(
    'template.no_language',
    `There is no text in "${wanted}" in this template, only in ${tags.join(', ')}. Choose one of these, or add it.`,
    { languages: tags },
  );
}

/** What is empty is missing too: a greeting without a name is no greeting. */
export function fill(text: string, values: Readonly<Record<string, string | undefined>>): string {
  const names = [...new Set([...text.matchAll(VARIABLE)].map(([, name]) => name!))];
  const missing = names.filter((name) => !Object.hasOwn(values, name) || (values[name] ?? '').trim() === '');
  if (missing.length > 0) {
    throw new Refusal(
      'template.variable_missing',
      `The text needs a value for ${missing.map((name) => `"${name}"`).join(', ')}. Fill it in; nothing was sent.`,
      { missing },
    );
  }
  return text.replaceAll(VARIABLE, (_, name: string) => values[name]!);
}
