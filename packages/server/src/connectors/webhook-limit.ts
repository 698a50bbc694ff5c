/**
 * How many calls without a good signature are listened to. Each costs a body of up to a megabyte and its hash; whoever sends
 * many is not heard for the rest of the minute. Counted in this process only: it protects its own work.
 */
import { Refusal } from '@groundswell/contract';

export interface UnsignedCalls {
  /** Throws when the connector's id or the address has had too many. */
  mustBeFew(connectorId: string, address: string, now: Date): void;
  count(connectorId: string, address: string, now: Date): void;
}

const MINUTE_MS = 60_000;
/** From one address for one connector: a sender with a wrong secret tries again more slowly. */
const PER_CONNECTOR = 30;
/** From one address in all: several senders may share it. */
const PER_ADDRESS = 300;
/** More addresses than this at once are an attack; all begin anew rather than fill the memory. */
const KEYS_MAX = 50_000;

export function openUnsignedCalls(): UnsignedCalls {
  let minute = 0;
  const counts = new Map<string, number>();
  const at = (now: Date) => {
    const current = Math.floor(now.getTime() / MINUTE_MS);
    if (current !== minute || counts.size > KEYS_MAX) counts.clear();
    minute = current;
    return counts;
  };
  const keysOf = (connectorId: string, address: string) => [
    { key: `${connectorId} ${address}`, limit: PER_CONNECTOR },
    { key: address, limit: PER_ADDRESS },
  ];
  return {
    mustBeFew(connectorId, address, now) {
      const known = at(now);
      if (keysOf(connectorId, address).every(({ key, limit }) => (known.get(key) ?? 0) < limit)) return;
      const retryAfterSeconds = Math.ceil((MINUTE_MS - (now.getTime() % MINUTE_MS)) / 1000);
      throw new Refusal(
        'access.too_many_attempts',
        'Too many calls without a good signature came from this address. Nothing was read. Try again in a minute.',
        { retryAfterSeconds },
      );
    },
    count(connectorId, address, now) {
      const known = at(now);
      for (const { key } of keysOf(connectorId, address)) known.set(key, (known.get(key) ?? 0) + 1);
    },
  };
}
