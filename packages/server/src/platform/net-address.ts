/** Which addresses may be called. What is not known to be open to everybody is refused. Pure. */
import { BlockList, isIP, isIPv4 } from 'node:net';
import { Refusal } from '@groundswell/contract';

const listOf = (family: 'ipv4' | 'ipv6', nets: readonly (readonly [string, number])[]): BlockList => {
  const list = new BlockList();
  for (const [address, prefix] of nets) list.addSubnet(address, prefix, family);
  return list;
};

/** IANA's special-purpose registry (RFC 6890 and what followed): whatever is not reachable by everybody, or means many. */
const CLOSED_V4 = listOf('ipv4', [
  ['0.0.0.0', 8], // this network, and "unspecified"
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // behind a carrier's NAT
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local: where clouds keep their metadata
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24], // documentation, as the other two
  ['192.88.99.0', 24], // relays of 6to4
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
]);

/** Of IPv6 only this is given out to the public: mapped and NAT64 forms of IPv4, local and multicast lie outside. */
const OPEN_V6 = listOf('ipv6', [['2000::', 3]]);
const CLOSED_V6 = listOf('ipv6', [
  ['2001::', 23], // protocols, Teredo among them, which carries an IPv4 address
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4 carries an IPv4 address
  ['3fff::', 20], // documentation
]);

/** Whether an address belongs to the public internet. Anything that is no address does not. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !CLOSED_V4.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false; // a zone names an interface of this machine
  return OPEN_V6.check(address, 'ipv6') && !CLOSED_V6.check(address, 'ipv6');
}

/** Who is to be called, before the name is looked up. */
export interface Target {
  /** Lower case, ASCII; without brackets for IPv6. */
  readonly name: string;
  readonly port: number;
  readonly tls: boolean;
  /** Named by the operator as allowed although it is inside. */
  readonly internal: boolean;
}

export const placeOf = (name: string, port: number): string => `${name.includes(':') ? `[${name}]` : name}:${port}`;

/** `host` or `host:port` as in a list: always with the port, as `placeOf` writes it. Null if it is none. */
export function readPlace(said: string): string | null {
  const url = URL.parse(`https://${said}`);
  if (!url || url.username || url.pathname !== '/' || url.search) return null;
  return placeOf(bare(url.hostname), portOf(url));
}

/** What a URL wants to call; refuses what may not be called whoever answers there. */
export function readTarget(address: string, internal: ReadonlySet<string>): Target {
  const url = URL.parse(address);
  if (!url) throw no('This is not an address that can be called. It begins with https:// and names a host.');
  if (url.username || url.password) {
    throw no('An address must not hold a name or a password. Put them into the fields made for them.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw no('Only addresses that begin with https:// can be called.');
  }
  const target = targetOf(bare(url.hostname), portOf(url), url.protocol === 'https:', internal);
  if (target.tls || target.internal) return target;
  throw no(`${target.name} was to be called without encryption. Write https:// instead of http://.`);
}

/** The same for a host and a port that belong to another protocol. Never without TLS, unless it is inside. */
export function readHost(host: string, port: number, internal: ReadonlySet<string>): Target {
  const url = URL.parse(`https://${host.includes(':') && isIP(host) === 6 ? `[${host}]` : host}`);
  if (!url || url.username || url.port || url.pathname !== '/' || url.search || url.hash) {
    throw no('This is not the name of a host. Write it without https:// and without a port.');
  }
  const target = targetOf(bare(url.hostname), port, true, internal);
  return target.internal && !TLS_PORTS.has(port) ? { ...target, tls: false } : target;
}

/** Whoever answers here speaks TLS, inside too. */
const TLS_PORTS: ReadonlySet<number> = new Set([443, 465, 993, 995]);

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();
const portOf = ({ port, protocol }: URL): number => (port ? Number(port) : protocol === 'http:' ? 80 : 443);

/** Letters, digits and hyphens in at least two labels; the last one is no number, so that it is no odd form of IPv4. */
const DNS_NAME =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function targetOf(name: string, port: number, tls: boolean, internal: ReadonlySet<string>): Target {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw no('A port is a whole number from 1 to 65535.');
  if (internal.has(placeOf(name, port))) return { name, port, tls, internal: true };
  const isAddress = isIP(name) !== 0;
  if (isAddress ? !isPublic(name) : !DNS_NAME.test(name) || /(^|\.)localhost$/.test(name)) throw inside(name);
  return { name, port, tls, internal: false };
}

/** One sentence for all of it: whoever probes the inside learns nothing from the difference. */
export const inside = (name: string): Refusal =>
  no(
    `${name} is not an address on the public internet, so it is not called. If it is yours, the operator can allow it by the setting EGRESS_INTERNAL.`,
  );

export const no = (message: string): Refusal => new Refusal('net.not_allowed', message);
