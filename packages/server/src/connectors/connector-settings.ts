/** What was filled in for a connector, checked field by field against the one list that the form on screen is made of. */
import { CONNECTOR_FORMS, type ConnectorField, type ConnectorKind, Mapping, Refusal } from '@groundswell/contract';
import type { Secrets, Settings } from './adapter.ts';
import { isSigningSecret } from './webhook-signature.ts';

export interface Filled {
  readonly settings: Settings;
  /** Only those that were given. */
  readonly secrets: Secrets;
}

const isSecret = ({ input }: ConnectorField): boolean => input === 'secret' || input === 'key';

/** Throws one refusal that names every field that is wrong. `kept` are the names of secrets that are stored already. */
export function readForm(kind: ConnectorKind, filled: Filled, kept: readonly string[] = []): Filled {
  const form = CONNECTOR_FORMS[kind];
  const problems: { name: string; problem: string }[] = [];
  const settings: Record<string, Settings[string]> = {};
  const secrets: Record<string, string> = {};
  for (const field of form) {
    const { name } = field;
    const said = isSecret(field) ? filled.secrets[name] : (filled.settings[name] ?? field.standard);
    const read = readField(field, said);
    if ('problem' in read) problems.push({ name, problem: read.problem });
    else if (read.value !== null) (isSecret(field) ? secrets : settings)[name] = read.value as string;
    else if (field.required && !kept.includes(name)) problems.push({ name, problem: 'is missing' });
  }
  const known = (secret: boolean) => new Set(form.filter((one) => isSecret(one) === secret).map(({ name }) => name));
  for (const [given, names] of [
    [filled.settings, known(false)],
    [filled.secrets, known(true)],
  ] as const) {
    for (const name of Object.keys(given)) if (!names.has(name)) problems.push({ name, problem: 'is not asked for' });
  }
  if (kind === 'standard_webhook' && secrets.secret !== undefined && !isSigningSecret(secrets.secret)) {
    problems.push({ name: 'secret', problem: 'is not "whsec_" and 16 to 64 bytes in base64' });
  }
  if (problems.length > 0) throw invalid(problems);
  return { settings, secrets };
}

export function invalid(problems: readonly { name: string; problem: string }[]): Refusal {
  const first = problems[0]!;
  const more = problems.length > 1 ? ` So are ${problems.length - 1} more fields.` : '';
  return new Refusal(
    'connector.settings_invalid',
    `"${first.name}" cannot be used: it ${first.problem}.${more} Nothing was changed.`,
    { fields: problems },
  );
}

type Read = { readonly value: Settings[string] | null } | { readonly problem: string };

function readField({ name, input }: ConnectorField, said: Settings[string] | undefined): Read {
  if (said === undefined || said === '') return { value: null };
  if (input === 'mapping') return readMapping(said);
  if (input === 'switch') return typeof said === 'boolean' ? { value: said } : { problem: 'is not yes or no' };
  if (input === 'number') return readPort(said);
  if (typeof said !== 'string') return { problem: 'is not text' };
  const value = said.trim();
  if (value === '') return { value: null };
  if (value.includes('\0')) return { problem: 'holds a NUL character' };
  if (input === 'key') return { value };
  if (/[\p{Cc}\u2028\u2029]/u.test(value)) return { problem: 'is more than one line' };
  if (input === 'address') return readAddress(value);
  if (name === 'host' && /[/@?#\s]/.test(value)) return { problem: 'is not the name of a host alone' };
  return { value };
}

/** The only numbers that are asked for are ports. */
function readPort(said: Settings[string]): Read {
  const port = typeof said === 'string' && /^\d+$/.test(said.trim()) ? Number(said) : said;
  const fits = typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535;
  return fits ? { value: port } : { problem: 'is not a whole number from 1 to 65535' };
}

/** Names of parameters by which credentials travel, where they end up in logs and on screens. */
const CREDENTIAL = /^(api[-_]?key|key|token|access[-_]?token|auth|secret|password|passwd|pwd|sig|signature)$/i;

function readAddress(said: string): Read {
  const url = URL.parse(said);
  if (!url || !/^https?:$/.test(url.protocol)) return { problem: 'is not an address that begins with https://' };
  if (url.username || url.password) return { problem: 'holds a name or a password; put them into their own fields' };
  const hidden = [...url.searchParams.keys()].find((name) => CREDENTIAL.test(name));
  if (hidden) return { problem: `holds a secret in "${hidden}"; secrets in addresses are shown to others` };
  url.hash = '';
  return { value: url.pathname === '/' && !url.search ? url.origin : url.href };
}

function readMapping(said: Settings[string]): Read {
  const parsed = Mapping.safeParse(said);
  if (!parsed.success) return { problem: 'names a target that there is not' };
  const targets = Object.values(parsed.data);
  for (const target of ['ts', 'text']) {
    if (!targets.some((one) => one === target)) return { problem: `says of no field that it is "${target}"` };
  }
  const once = targets.filter((target) => target !== 'dimension' && target !== 'ignore');
  const twice = once.find((target, i) => once.indexOf(target) !== i);
  return twice ? { problem: `says of two fields that they are "${twice}"` } : { value: parsed.data };
}

/** Whom the settings call: a secret that was given for one host must not be sent to another. */
export function hostIn({ address, host, port }: Settings): string {
  if (typeof address === 'string') {
    const url = new URL(address);
    return `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`;
  }
  if (typeof host !== 'string') return '';
  return host.includes(':') ? `[${host}]:${port}` : `${host.toLowerCase()}:${port}`;
}
