/** The address in plain words: `?q=stuck&d=app:38.1.2&d=country:BR`. A name that comes twice is a list. */

export type Address = Record<string, string | string[]>;

export function parseAddress(search: string): Address {
  const words: Address = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = words[name];
    words[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return words;
}

export function writeAddress(search: Record<string, unknown>): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) words.append(name, String(one));
  }
  const said = words.toString();
  return said ? `?${said}` : '';
}
