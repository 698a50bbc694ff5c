/** What a browser loads, gzipped: `node tools/bench/bundle.ts`, after a build. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = join(import.meta.dirname, '..', '..', 'packages', 'web', 'dist');
const gzip = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0).padStart(5)} KiB`;

const page = readFileSync(join(DIST, 'index.html'), 'utf8');
const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => join(DIST, file!));
console.log(
  `${kib(first.reduce((sum, file) => sum + gzip(file), 0))}  first load: what index.html names (${first.length} files)`,
);

const rest = readdirSync(join(DIST, 'assets'))
  .map((file) => join(DIST, 'assets', file))
  .filter((file) => /\.(js|css)$/.test(file) && !first.includes(file))
  .sort((a, b) => statSync(b).size - statSync(a).size);
for (const file of rest.slice(0, 8))
  console.log(
    `${kib(gzip(file))}  when needed: ${file
      .split('/')
      .at(-1)!
      .replace(/-[\w-]{8}\./, '.')}`,
  );
