/** Made-up personal data: reserved names and ranges, check digits by their definition and not by the code that is tested. */
import type { Chance } from './chance.ts';

const NAMES = [
  'ana',
  'jonas',
  'mei',
  'omar',
  'priya',
  'lucas',
  'yuki',
  'sofia',
  'karim',
  'elif',
  'noah',
  'ingrid',
  'tomas',
  'chloe',
  'ravi',
];
const FAMILIES = ['silva', 'weber', 'tanaka', 'haddad', 'sharma', 'moreau', 'garcia', 'novak', 'olsen', 'rossi'];
const DOMAINS = [
  'example.com',
  'example.org',
  'example.net',
  'mail.example.com',
  'post.example',
  'studio-7.example',
  'my.team.example.org',
];

export function email(chance: Chance, language: string): string {
  const [name, family] = [chance.pick(NAMES), chance.pick(FAMILIES)];
  const local = chance.pick([
    `${name}.${family}`,
    `${name}${chance.under(99)}`,
    `${name}_${family}`,
    `${name}+app`,
    `${name[0]}${family}`,
    `${name.toUpperCase()}.${family}`,
  ]);
  const style = chance.under(100);
  if (style < 8) return `${local} (at) ${chance.pick(['example', 'post-example'])} dot com`;
  if (style < 12) return `${local}[at]example[dot]org`;
  if (style < 16) return `${local}@büro.example`;
  if (style < 20 && language === 'ja') return `${local}＠example.com`;
  return `${local}@${chance.pick(DOMAINS)}`;
}

/** Calling code, and a number inside the country, by groups. Ranges kept for films and books where a country has them. */
const PHONES: Readonly<Record<string, (chance: Chance) => { code: string; trunk: string; groups: string[] }>> = {
  US: (c) => ({ code: '1', trunk: '', groups: [c.pick(['212', '415', '312', '206']), '555', `01${c.digits(2)}`] }),
  GB: (c) => ({ code: '44', trunk: '0', groups: ['7700', `900${c.digits(3)}`] }),
  DE: (c) => ({
    code: '49',
    trunk: '0',
    groups: c.percent(50) ? ['171', `39200${c.digits(2)}`] : ['30', `23125${c.digits(3)}`],
  }),
  AT: (c) => ({ code: '43', trunk: '0', groups: ['664', '555', `01${c.digits(2)}`] }),
  FR: (c) => ({ code: '33', trunk: '0', groups: [c.percent(50) ? '6' : '7', '39', '98', c.digits(2), c.digits(2)] }),
  ES: (c) => ({ code: '34', trunk: '', groups: [`6${c.digits(2)}`, '55', '01', c.digits(2)] }),
  MX: (c) => ({ code: '52', trunk: '', groups: ['55', '5555', `01${c.digits(2)}`] }),
  BR: (c) => ({ code: '55', trunk: '', groups: [c.pick(['11', '21', '31']), `9${c.digits(4)}`, `01${c.digits(2)}`] }),
  PT: (c) => ({ code: '351', trunk: '', groups: ['915', '550', `1${c.digits(2)}`] }),
  JP: (c) => ({ code: '81', trunk: '0', groups: ['90', c.digits(4), c.digits(4)] }),
  IN: (c) => ({ code: '91', trunk: '', groups: [`9${c.digits(4)}`, `0${c.digits(4)}`] }),
  SA: (c) => ({ code: '966', trunk: '0', groups: ['55', c.digits(3), c.digits(4)] }),
  EG: (c) => ({ code: '20', trunk: '0', groups: ['100', c.digits(3), c.digits(4)] }),
  AE: (c) => ({ code: '971', trunk: '0', groups: ['50', c.digits(3), c.digits(4)] }),
};

/** `abroad`: with a plus. Otherwise as people of the country write it. */
export function phone(chance: Chance, country: string, abroad: boolean): string {
  const { code, trunk, groups } = PHONES[country]!(chance);
  if (abroad) {
    const sign = chance.pick([' ', ' ', '-', '']);
    return `+${code}${sign}${chance.percent(15) && trunk ? '(0)' : ''}${groups.join(sign)}`;
  }
  const [first, ...rest] = groups;
  if (country === 'US')
    return chance.pick([`(${first}) ${rest.join('-')}`, groups.join('-'), groups.join('.'), groups.join(' ')]);
  if (country === 'BR')
    return chance.pick([`(${first}) ${rest.join('-')}`, `${first} ${rest.join('-')}`, `${first} ${rest.join('')}`]);
  if (country === 'DE')
    return chance.pick([
      `${trunk}${groups.join(' ')}`,
      `${trunk}${groups.join('/')}`,
      `(${trunk}${first}) ${rest.join(' ')}`,
      `${trunk}${groups.join('-')}`,
      trunk + groups.join(''),
    ]);
  return (
    trunk +
    chance.pick([groups.join(' '), groups.join('-'), groups.join(''), groups.join(country === 'FR' ? '.' : ' ')])
  );
}

function luhnDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, sign, i) => {
    const value = Number(sign) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${(10 - (sum % 10)) % 10}`;
}

export function card(chance: Chance): string {
  const [begins, length] = chance.pick([
    ['4', 16],
    ['51', 16],
    ['54', 16],
    ['2223', 16],
    ['37', 15],
    ['6011', 16],
    ['3530', 16],
    ['62', 16],
    ['36', 14],
  ] as const);
  const body = begins + chance.digits(length - begins.length - 1);
  const all = body + luhnDigit(body);
  const sign = chance.pick([' ', ' ', '-', '']);
  const cuts = length === 15 ? [4, 10] : length === 14 ? [4, 10] : [4, 8, 12];
  return [0, ...cuts].map((from, i) => all.slice(from, cuts[i] ?? length)).join(sign);
}

const IBANS: readonly (readonly [string, string])[] = [
  ['DE', '9'.repeat(18)],
  ['FR', `${'9'.repeat(10)}${'A'.repeat(11)}99`],
  ['ES', '9'.repeat(20)],
  ['GB', `AAAA${'9'.repeat(14)}`],
  ['NL', `AAAA${'9'.repeat(10)}`],
  ['PT', '9'.repeat(21)],
  ['BR', `${'9'.repeat(23)}AA`],
  ['SA', '9'.repeat(20)],
  ['AE', '9'.repeat(19)],
  ['CH', '9'.repeat(17)],
  ['AT', '9'.repeat(16)],
  ['IT', `A${'9'.repeat(22)}`],
  ['PL', '9'.repeat(24)],
  ['BE', '9'.repeat(12)],
];

export function iban(chance: Chance): string {
  const [country, form] = chance.pick(IBANS);
  const body = [...form]
    .map((sign) => (sign === 'A' ? String.fromCharCode(65 + chance.under(26)) : `${chance.under(10)}`))
    .join('');
  const number = [...`${body}${country}00`].map((sign) => Number.parseInt(sign, 36)).join('');
  const check = `${98n - (BigInt(number) % 97n)}`.padStart(2, '0');
  const all = country + check + body;
  return chance.percent(60) ? all.match(/.{1,4}/g)!.join(' ') : chance.percent(80) ? all : all.toLowerCase();
}

export function ip(chance: Chance): string {
  const last = 1 + chance.under(254);
  return chance.pick([
    `203.0.113.${last}`,
    `198.51.100.${last}`,
    `192.0.2.${last}`,
    `192.168.${chance.under(255)}.${last}`,
    `10.${chance.under(255)}.${20 + chance.under(200)}.${last}`,
    `2001:db8::${(4096 + chance.under(60_000)).toString(16)}:${last.toString(16)}`,
    `2001:db8:${last.toString(16)}:0:0:8a2e:370:7334`,
  ]);
}
