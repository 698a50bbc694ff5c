/** Who knocks: what is known of a browser before anybody is, and what of that is kept. Pure. */
import type { BROWSERS, SYSTEMS } from '@groundswell/contract';

export interface Device {
  readonly browser: (typeof BROWSERS)[number] | null;
  readonly system: (typeof SYSTEMS)[number] | null;
  readonly address: string | null;
}

export interface Visitor {
  /** The secret that the browser had before, which ends here: a secret planted in it is worth nothing afterwards. */
  readonly before: string | null;
  readonly device: Device;
}

/** In this order: nearly every browser also calls itself by the name of one further down. */
const BROWSER_MARKS: readonly (readonly [(typeof BROWSERS)[number], RegExp])[] = [
  ['edge', /\bEdg(e|A|iOS)?\//],
  ['opera', /\b(OPR|OPT|Opera)\//],
  ['samsung', /\bSamsungBrowser\//],
  ['firefox', /\b(Firefox|FxiOS)\//],
  ['chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
  ['safari', /\bVersion\/\S+ .*Safari\//],
];
const SYSTEM_MARKS: readonly (readonly [(typeof SYSTEMS)[number], RegExp])[] = [
  ['android', /\bAndroid\b/],
  ['ios', /\b(iPhone|iPad|iPod)\b/],
  ['chromeos', /\bCrOS\b/],
  ['windows', /\bWindows\b/],
  ['macos', /\bMac OS X\b|\bMacintosh\b/],
  ['linux', /\bLinux\b|\bX11\b/],
];

const firstOf = <T>(marks: readonly (readonly [T, RegExp])[], said: string): T | null =>
  marks.find(([, mark]) => mark.test(said))?.[0] ?? null;

export const deviceOf = (userAgent: string, address: string): Device => ({
  browser: firstOf(BROWSER_MARKS, userAgent),
  system: firstOf(SYSTEM_MARKS, userAgent),
  address: shortAddress(address),
});

/** The network, not the machine: three of four parts of an IPv4 address, the first 48 bits of an IPv6 one. */
export function shortAddress(address: string): string | null {
  const four = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(address);
  if (four) return `${four[1]}.…`;
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(':')) return null;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return `${[...before, ...Array.from({ length: zeros }, () => '0'), ...after].slice(0, 3).join(':')}:…`;
}
