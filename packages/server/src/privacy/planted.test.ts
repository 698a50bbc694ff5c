/** The planted texts: how much of what must go goes, and how little of what must stay is touched. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REDACTION_CLASSES, type RedactionClass } from '@groundswell/contract';
import { describe, expect, test } from 'vitest';
import { redact } from './redact.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'test', 'planted');
/** "⟦class:value⟧": what was planted, and as what. */
const PLANTED = /⟦(\w+):([^⟧]+)⟧/;

interface Line {
  readonly language: string;
  readonly regions: readonly string[];
  readonly text: string;
  readonly wanted: string;
  readonly what: RedactionClass | null;
}

function read(file: string): Line[] {
  const lines = readFileSync(join(FOLDER, file), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [language, regions, marked] = line.split('\t') as [string, string, string];
    return {
      language,
      regions: regions ? regions.split(',') : [],
      text: marked.replace(PLANTED, (_, __, value) => value),
      wanted: marked.replace(PLANTED, (_, what) => `⟦${what}⟧`),
      what: (PLANTED.exec(marked)?.[1] as RedactionClass | undefined) ?? null,
    };
  });
}

describe.each([
  { file: 'seen.tsv', lines: 1500, perClass: 60 },
  { file: 'held-out.tsv', lines: 400, perClass: 40 },
])('of the texts in $file', ({ file, lines, perClass }) => {
  const all = read(file);
  const traps = all.filter(({ what }) => what === null);
  const readAs = ({ text, regions, language }: Line) => redact(text, { regions, language }).text;

  test('there are enough, in eight languages, half of them traps', () => {
    expect(all.length).toBeGreaterThanOrEqual(lines);
    expect(new Set(all.map(({ language }) => language)).size).toBe(8);
    expect(traps.length).toBe(all.length / 2);
  });

  test.each(REDACTION_CLASSES)('%s goes, and nothing else of its sentence', (what) => {
    const planted = all.filter((line) => line.what === what);
    const missed = planted.filter((line) => readAs(line) !== line.wanted);
    expect(planted.length).toBeGreaterThanOrEqual(perClass);
    expect(1 - missed.length / planted.length, JSON.stringify(missed.slice(0, 5))).toBeGreaterThanOrEqual(0.98);
  });

  test('versions, prices, order ids, dates and codes stay', () => {
    const altered = traps.filter((line) => readAs(line) !== line.text).map(({ text }) => text);
    expect(altered.length / traps.length, altered.join('\n')).toBeLessThanOrEqual(0.002);
  });
});
