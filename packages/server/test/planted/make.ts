/**
 * Writes the planted texts from their carrier sentences, the same at every run: `node packages/server/test/planted/make.ts`.
 * One line each: language, regions of the source, text; what is planted stands as ⟦class:value⟧, a trap plants nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chance, chanceOf } from './chance.ts';
import { NATIONAL } from './national.ts';
import { card, email, iban, ip, phone } from './personal.ts';
import { TRAPS } from './traps.ts';

const HERE = import.meta.dirname;
const CLASSES = ['email', 'phone', 'card', 'iban', 'ip', 'national_id'];

interface Carrier {
  readonly language: string;
  readonly kind: string;
  readonly sentence: string;
}

const HOMES: Readonly<Record<string, readonly string[]>> = {
  en: ['US', 'GB', 'IN'],
  de: ['DE', 'AT'],
  fr: ['FR'],
  es: ['ES', 'MX'],
  pt: ['BR', 'PT'],
  ja: ['JP'],
  ar: ['SA', 'EG', 'AE'],
  hi: ['IN'],
};
/** The digit zero of a script, and in how many of a hundred numbers it is used. */
const SCRIPTS: Readonly<Record<string, readonly [number, number]>> = {
  ja: [0xff10, 20],
  ar: [0x660, 40],
  hi: [0x966, 25],
};

function read(file: string): Carrier[] {
  const lines = readFileSync(join(HERE, file), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  return lines.map((line) => {
    const [, language, kind, sentence] = /^(\S+) (\S+) (.+)$/.exec(line)!;
    return { language: language!, kind: kind!, sentence: sentence! };
  });
}

function inScript(chance: Chance, language: string, value: string): string {
  const [zero, share] = SCRIPTS[language] ?? [48, 0];
  return chance.percent(share) ? value.replaceAll(/\d/g, (digit) => String.fromCharCode(zero + Number(digit))) : value;
}

function hit(chance: Chance, { language, kind, sentence }: Carrier): string {
  const asked = kind === 'phone!';
  const abroad = chance.percent(asked ? 30 : 45);
  let regions: readonly string[] = chance.percent(40) ? HOMES[language]! : [];
  const text = sentence.replace(/\{(\w+)(?::(\w+))?\}/, (_, slot: string, country: string) => {
    if (slot === 'phone' && !asked && !abroad) regions = [country];
    const made = {
      email: () => email(chance, language),
      phone: () => inScript(chance, language, hidden(chance, phone(chance, country, abroad))),
      card: () => inScript(chance, language, card(chance)),
      iban: () => iban(chance),
      ip: () => ip(chance),
      nid: () => inScript(chance, language, NATIONAL[country]!(chance)),
    }[slot]!;
    return `⟦${slot === 'nid' ? 'national_id' : slot}:${made()}⟧`;
  });
  return [language, regions.join(','), text].join('\t');
}

/** Now and then something unseen stands between two digits. */
const hidden = (chance: Chance, value: string): string =>
  chance.percent(4) ? value.replace(/(\d)(\d)/, '$1\u200b$2') : value;

function trap(chance: Chance, { language, sentence }: Carrier): string {
  const regions = chance.percent(60) ? HOMES[language]! : [];
  const text = sentence.replaceAll(/\{(\w+)\}/g, (_, slot: string) => TRAPS[slot]!(chance, language));
  return [language, regions.join(','), text].join('\t');
}

function write(file: string, carriers: readonly Carrier[], seed: number, perClass: number): void {
  const chance = chanceOf(seed);
  const turns = <T>(from: readonly T[], count: number): T[] =>
    Array.from({ length: count }, (_, i) => from[i % from.length]!);
  const hits = CLASSES.flatMap((name) =>
    turns(
      carriers.filter(({ kind }) => kind.replace('!', '') === name),
      perClass,
    ).map((carrier) => hit(chance, carrier)),
  );
  const traps = turns(
    carriers.filter(({ kind }) => kind === 'trap'),
    hits.length,
  ).map((carrier) => trap(chance, carrier));
  writeFileSync(join(HERE, file), `${[...hits, ...traps].join('\n')}\n`);
}

write(
  'seen.tsv',
  [1, 2, 3, 4, 5].flatMap((part) => read(`carriers-${part}.txt`)),
  20_260_302,
  136,
);
write('held-out.tsv', read('carriers-held-out.txt'), 77_001, 40);
