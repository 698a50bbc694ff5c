/** What stands in the form of a connector, and what is sent of it. */
import { CONNECTOR_FORMS, type ConnectorKind, type ConnectorView } from '@groundswell/contract';

/** Everything that is typed is text; a mapping is its names and targets. */
export type Filled = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export const startingWith = (kind: ConnectorKind): Filled =>
  Object.fromEntries(
    CONNECTOR_FORMS[kind].map(({ name, input, standard }) => [name, input === 'mapping' ? {} : String(standard ?? '')]),
  );

/** Secrets never come back: their fields are empty, and empty means that they stay. */
export const filledFrom = ({ kind, settings }: ConnectorView): Filled => ({
  ...startingWith(kind),
  ...Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'object' ? value : String(value)]),
  ),
});

interface Sent {
  settings: Record<string, string | number | boolean | Record<string, string>>;
  secrets: Record<string, string>;
}

/** Fields left empty are left out; numbers and switches become what they are. */
export function toSend(kind: ConnectorKind, filled: Filled): Sent {
  const sent: Sent = { settings: {}, secrets: {} };
  for (const { name, input } of CONNECTOR_FORMS[kind]) {
    const value = filled[name] ?? '';
    if (typeof value === 'object') sent.settings[name] = { ...value };
    else if (value.trim() === '') continue;
    else if (input === 'secret' || input === 'key') sent.secrets[name] = value.trim();
    else if (input === 'number') sent.settings[name] = Number(value);
    else if (input === 'switch') sent.settings[name] = value === 'true';
    else sent.settings[name] = value.trim();
  }
  return sent;
}
