/** `virtual:words-first` and `virtual:words-later`: the English words in two files, so that the first load has those it says. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { halves } from './src/locales/later.ts';

const ENGLISH = fileURLToPath(new URL('src/locales/en.json', import.meta.url));
const MODULE = /^virtual:words-(first|later)$/;

export function wordsInHalves(): Plugin {
  return {
    name: 'groundswell:words',
    resolveId: (id) => (MODULE.test(id) ? `\0${id}` : null),
    load(id) {
      const half = MODULE.exec(id.replace('\0', ''))?.[1] as 'first' | 'later' | undefined;
      if (!half) return null;
      this.addWatchFile(ENGLISH);
      return `export const words = ${JSON.stringify(halves(JSON.parse(readFileSync(ENGLISH, 'utf8')))[half])};`;
    },
  };
}
