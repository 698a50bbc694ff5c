/**
 * What redaction costs a text: `node tools/bench/redaction.ts [texts]`. Processor time, so that a busy machine does not change it
 * much; the hostile texts are one million characters of what costs most.
 */
import { type Hints, redact } from '../../packages/server/src/privacy/index.ts';

const [TIMES = 20_000] = process.argv.slice(2).map(Number);
const HERE: Hints = { regions: ['DE'], language: 'en' };
const MANY: Hints = { regions: ['US', 'DE', 'IN', 'ID', 'BR'], language: null };

const PLAIN =
  'Since the last update the app closes whenever I open my messages and my drafts are gone. I tried to sign in again and it worked for a ' +
  'moment, then the same. Please look into it because many of us make our living here and cannot wait for weeks until somebody answers. ' +
  'Thank you for reading this far.';
const inside = (said: string): string => PLAIN.replace('Please look into it', said).slice(0, 300);

const TEXTS: Readonly<Record<string, string>> = {
  'no digit, no sign': PLAIN,
  'versions, dates, prices': inside(
    'Version 7.3.0 (build 20240613), 13.06.2024 at 10:22, order #123-4567890-1234567, 1.299,00 € for 3 weeks',
  ),
  'a mail': inside('Write to jane.doe@example.com'),
  'a mail and a phone number': inside('Write to jane.doe@example.com or call +49 171 1234567'),
  'one of each class': inside(
    'jane.doe@example.com, +49 171 1234567, 4111 1111 1111 1111, DE89370400440532013000, from 203.0.113.9, DNI 12345678Z',
  ),
};

const HOSTILE: readonly string[] = [
  '1',
  '@',
  'a.',
  'a@',
  '+1',
  '1 ',
  '12 ',
  '01 ',
  '4111 ',
  '1.1.1.1 ',
  'DE89 ',
  '(1)',
  'f:',
  '1\u200b',
  '１',
  'x1234567 ',
  '0171 1234567 ',
  'a@b.co ',
  '電話1234567',
];

function spent(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

const table: Record<string, object> = {};
for (const [name, text] of Object.entries(TEXTS)) {
  const run = () => {
    for (let i = 0; i < TIMES; i++) redact(text, HERE);
  };
  run(); // warm
  table[name] = { characters: text.length, 'µs a text': Math.round((spent(run) / TIMES) * 10) / 10 };
}
console.table(table);

const worst = HOSTILE.map((piece) => {
  const text = piece.repeat(1_000_000 / piece.length);
  return { piece, 'ms a million characters': Math.round(spent(() => redact(text, MANY)) / 1000) };
});
console.table(worst.sort((a, b) => b['ms a million characters'] - a['ms a million characters']));
