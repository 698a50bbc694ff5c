/** Dimensions as one types them: a line each, `platform: ios`. */

/**
 * Null when a line is none.
 * @example
 * readDimensionLines('platform: ios\napp version = 7.3.0'); // { platform: 'ios', 'app version': '7.3.0' }
 */
export function readDimensionLines(typed: string): Record<string, string> | null {
  const lines = typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const pairs = lines.map((line) => /^([^:=]{1,64})[:=](.{1,200})$/.exec(line));
  if (pairs.includes(null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair![1]!.trim(), pair![2]!.trim()]));
}
