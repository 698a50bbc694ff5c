/** Ids that follow from what a thing is: said twice, after a crash or by two at once, it is the same thing. */
import { createHash } from 'node:crypto';

/** A UUIDv8 (RFC 9562 §5.8): the first 122 bits of a SHA-256 over the words. */
export function idOf(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(words)).digest();
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export const liveRunId = (compartment: string): string => idOf('live', compartment);

/** A failed import that is resumed has a run for each part, so the first batch of the part is in the name. */
export const historyRunId = (importId: string, firstBatch: string): string => idOf('history', importId, firstBatch);

/** Groups keep their name when history is folded into the live run, so a topic lives on in its compartment, not in a run. */
export const topicId = (compartment: string, group: string): string => idOf('topic', compartment, group);

export const alertId = (compartment: string, surge: string): string => idOf('alert', compartment, surge);
