/** Addresses of machines. What looks like one and is a version of something stays. */
import { isIPv6 } from 'node:net';
import { Context } from './context.ts';
import type { Span } from './span.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const V4 = /\d{1,3}(?:\.\d{1,3}){3}(?![a-z0-9_]|[.,:-]\d{1,3}[.,]\d|\.\d|-[a-z0-9])/gi;
const EACH = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
/** A part of something larger stands directly before it. */
const PART = /(?:[a-z0-9_.,/#-]|\d:)$/i;
const AS_V6 = /:[0-9a-f]{0,4}:/i;
/** In an address of the web, and after a slash or a dash that is no path: the machine is still one. */
const V4_IN_URL = new RegExp(`(?<=(?:https?|ftp|wss?)://)${OCTET}(?:\\.${OCTET}){3}(?![\\w.])`, 'gi');
const V6 = /(?<![a-z0-9:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?:\.\d{1,3}){0,3}(?![a-z0-9:])/gi;

export function findIps(plain: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: said, index } of plain.matchAll(V4)) {
    if (!EACH.test(said) || PART.test(plain.slice(Math.max(0, index - 2), index))) continue;
    if (isMachine(said, plain, index)) {
      spans.push({ start: index, end: index + said.length, what: 'ip' });
    }
  }
  if (plain.includes('://')) {
    for (const { 0: said, index } of plain.matchAll(V4_IN_URL))
      spans.push({ start: index, end: index + said.length, what: 'ip' });
  }
  if (AS_V6.test(plain)) {
    for (const { 0: said, index } of plain.matchAll(V6)) {
      const end = said.endsWith('::') || !said.endsWith(':') ? said : said.slice(0, -1); // a colon that only follows it
      if (isV6(end)) spans.push({ start: index, end: index + end.length, what: 'ip' });
    }
  }
  return spans;
}

/** Without a word near it, an address shows by its size: parts of a version stay small. */
function isMachine(said: string, plain: string, start: number): boolean {
  const end = start + said.length;
  const context = new Context(plain, start, end);
  if (context.saysBefore((cue) => cue === 'ip') === 'yes') return true;
  if (context.has('version')) return false;
  if (AS_MACHINE.test(plain.slice(end, end + 6))) return true;
  const parts = said.split('.').map(Number);
  if (context.has('from') && Math.max(...parts) >= 20) return true;
  if (parts[0] === 0 || parts[3] === 0) return false;
  return parts[0] === 10 ? parts.some((part, i) => i > 0 && part > 9) : Math.max(...parts) >= 32 && parts[0]! >= 10;
}

/** A port or the size of a network follows. */
const AS_MACHINE = /^(?::\d{2,5}|\/(?:[12]?\d|3[0-2]))(?![\d.])/;

/** "::" alone, a time of day and a name of C++ are none. */
const isV6 = (said: string): boolean => isIPv6(said) && /\d/.test(said) && said.replaceAll(/[:.]/g, '').length >= 5;
