/** What looks like personal data and is none. */
import type { Chance } from './chance.ts';

const two = (value: number): string => `${value}`.padStart(2, '0');
const hex = (c: Chance, length: number): string =>
  Array.from({ length }, () => '0123456789abcdef'[c.under(16)]).join('');
const day = (c: Chance): [number, string, string] => [2019 + c.under(7), two(1 + c.under(12)), two(1 + c.under(28))];
const time = (c: Chance): string => `${two(c.under(24))}:${two(c.under(60))}`;

function grouped(value: number, sign: string): string {
  return `${value}`.replaceAll(/\B(?=(\d{3})+$)/g, sign);
}
function indian(value: number): string {
  const all = `${value}`;
  return all.length <= 3 ? all : `${all.slice(0, -3).replaceAll(/\B(?=(\d{2})+$)/g, ',')},${all.slice(-3)}`;
}

function count(c: Chance, language: string): string {
  const value = c.pick([c.under(90_000) + 1000, c.under(9_000_000) + 100_000, c.under(2_000_000_000) + 10_000_000]);
  if (language === 'hi') return indian(value);
  const sign = { en: ',', de: '.', fr: ' ', es: '.', pt: '.', ja: ',', ar: ',' }[language] ?? ' ';
  return c.percent(85) ? grouped(value, sign) : `${value}`;
}

function price(c: Chance, language: string): string {
  const value = c.pick([c.under(99) + 1, c.under(9000) + 1000, c.under(900_000) + 10_000]);
  const cents = two(c.under(100));
  const ways: Readonly<Record<string, readonly string[]>> = {
    en: [`$${grouped(value, ',')}.${cents}`, `£${grouped(value, ',')}`, `${grouped(value, ',')}.${cents} USD`],
    de: [`${grouped(value, '.')},${cents} €`, `EUR ${grouped(value, '.')},${cents}`],
    fr: [`${grouped(value, ' ')},${cents} €`, `${grouped(value, ' ')} euros`],
    es: [`${grouped(value, '.')},${cents} €`, `$${grouped(value, ',')}.${cents} MXN`],
    pt: [`R$ ${grouped(value, '.')},${cents}`, `${grouped(value, '.')},${cents} €`],
    ja: [`¥${grouped(value, ',')}`, `${grouped(value, ',')}円`],
    ar: [`${grouped(value, ',')}.${cents} ريال`, `${value} جنيه`],
    hi: [`₹${indian(value)}`, `₹ ${indian(value)}.${cents}`, `Rp ${grouped(value, '.')}`],
  };
  return c.pick(ways[language]!);
}

function date(c: Chance, language: string): string {
  const [year, month, monthDay] = day(c);
  if (language === 'en')
    return c.pick([`${year}-${month}-${monthDay}`, `${month}/${monthDay}/${year}`, `${year}${month}${monthDay}`]);
  if (language === 'ja')
    return c.pick([`${year}年${Number(month)}月${Number(monthDay)}日`, `${year}/${month}/${monthDay}`]);
  return c.pick([
    `${monthDay}.${month}.${year}`,
    `${monthDay}/${month}/${year}`,
    `${monthDay}-${month}-${year}`,
    `${year}-${month}-${monthDay}`,
  ]);
}

function isbn(c: Chance): string {
  const body = `978${c.digits(9)}`;
  const check = (10 - ([...body].reduce((t, sign, i) => t + Number(sign) * (i % 2 === 0 ? 1 : 3), 0) % 10)) % 10;
  return c.percent(50) ? `${body}${check}` : `978-${body[3]}-${body.slice(4, 8)}-${body.slice(8)}-${check}`;
}

export const TRAPS: Readonly<Record<string, (c: Chance, language: string) => string>> = {
  version: (c) =>
    c.pick([
      `${c.under(20)}.${c.under(30)}.${c.under(10)}`,
      `${2023 + c.under(3)}.${1 + c.under(12)}.${c.under(9)}`,
      `${c.under(20)}.${c.under(9)}`,
    ]),
  ios: (c) => `${14 + c.under(5)}.${c.under(8)}.${c.under(4)}`,
  fourpart: (c) =>
    c.pick([
      `10.0.${c.pick(['19041', '22631', '17763'])}.${c.under(4000)}`,
      `${c.under(30)}.${c.under(30)}.${c.under(9)}.${c.under(9)}`,
      `${100 + c.under(40)}.0.${6000 + c.under(900)}.${c.under(200)}`,
      `${2024}06${two(1 + c.under(28))}.${c.under(9)}`,
    ]),
  price,
  order: (c) => c.pick([`${c.digits(3)}-${c.digits(7)}-${c.digits(7)}`, c.digits(9), c.digits(7)]),
  ordercode: (c) =>
    c.pick([
      `ORD-2024-${c.digits(6)}`,
      `INV/2024/${c.digits(5)}`,
      `A${c.digits(9)}`,
      `SO${c.digits(8)}-${c.digits(2)}`,
      `PO-${c.digits(4)}-${c.digits(4)}-${c.digits(4)}`,
    ]),
  ticket: (c) => c.pick([`#${c.digits(5)}`, `INC${c.digits(7)}`, `ZD-${c.digits(7)}`, `#${c.digits(8)}`]),
  tracking: (c) =>
    c.pick([
      `0034043416${c.digits(10)}`,
      `1Z999AA1${c.digits(10)}`,
      `JJD0001${c.digits(13)}`,
      c.digits(12),
      `RR${c.digits(9)}DE`,
    ]),
  date,
  datetime: (c, language) => `${date(c, language)} ${time(c)}`,
  time: (c) => c.pick([time(c), `${time(c)}:${two(c.under(60))}`]),
  isodate: (c) => {
    const [year, month, monthDay] = day(c);
    return c.pick([
      `${year}-${month}-${monthDay}T${time(c)}:07Z`,
      `${year}-${month}-${monthDay}T${time(c)}:07.${c.digits(6)}+05:30`,
      `${year}-${month}-${monthDay} ${time(c)}:07,${c.digits(3)}`,
    ]);
  },
  error: (c) =>
    c.pick([
      `0x8007${c.digits(4)}`,
      `E${c.digits(4)}-${c.digits(4)}`,
      `ERR_${c.digits(4)}`,
      `-${c.digits(4)}`,
      `0xC000${c.digits(4)}`,
      c.digits(7),
    ]),
  http: (c) => c.pick(['503', '404', '429', '500.19']),
  uuid: (c) => `${hex(c, 8)}-${hex(c, 4)}-4${hex(c, 3)}-a${hex(c, 3)}-${hex(c, 12)}`,
  hash: (c) => hex(c, c.pick([40, 64, 32])),
  coord: (c) =>
    `${c.under(80)}.${c.digits(c.pick([4, 6, 7]))}, ${c.percent(30) ? '-' : ''}${c.under(170)}.${c.digits(c.pick([4, 6, 7]))}`,
  score: (c) =>
    c.pick([`${c.under(6)}:${c.under(6)}`, `${c.under(120)}-${c.under(120)}`, `21-17, 18-21, 15-${c.under(14)}`]),
  count,
  percent: (c) => `${c.under(100)}.${c.under(10)} %`,
  years: (c) => `${2015 + c.under(5)}${c.pick(['-', '–', ' - '])}${2020 + c.under(6)}`,
  isbn,
  unix: (c) => c.pick([`17${c.digits(8)}`, `17${c.digits(11)}`]),
  number: (c) => c.digits(c.pick([7, 8, 9, 10, 11, 12])),
  model: (c) =>
    c.pick([
      'SM-G998B',
      'iPhone 15 Pro',
      'Pixel 8 Pro',
      'Redmi Note 12',
      'SM-A546E/DS',
      'CPH2451',
      'XQ-DC54',
      'Moto G84',
    ]),
  url: (c) =>
    `https://www.example.com/${c.pick(['watch?v=', 'post/', 'order/', 'u/'])}${c.digits(c.pick([8, 10, 16, 19]))}`,
  small: (c) => c.digits(3),
};
