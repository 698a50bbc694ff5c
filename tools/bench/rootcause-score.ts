/** F1 over root-cause elements, as the graders of the reference data define it: 2TP / (2TP + FP + FN), summed per set. */

export type Element = Readonly<Record<string, string | readonly string[]>>;
export interface Label {
  readonly dataset: string;
  readonly instance: string;
  readonly kind?: string;
  readonly rootCauses: readonly Element[];
}

export interface Tally {
  n: number;
  right: number;
  wrong: number;
  missed: number;
  none: number;
  noneRight: number;
  ms: number;
}

/** A list of values stands for one element per value. */
function expand(elements: readonly Element[]): Map<string, [string, string][]> {
  const out = new Map<string, [string, string][]>();
  for (const element of elements) {
    let all: [string, string][][] = [[]];
    for (const [name, value] of Object.entries(element).sort()) {
      const values = typeof value === 'string' ? [value] : value;
      all = all.flatMap((pairs) => values.map((one): [string, string][] => [...pairs, [name, one]]));
    }
    for (const pairs of all) out.set(JSON.stringify(pairs), pairs);
  }
  return out;
}

/**
 * @param columns of an events instance: an element that selects exactly the same rows counts too
 */
export function judge(said: readonly Element[], label: Label, columns: ReadonlyMap<string, readonly string[]> | null) {
  const given = expand(said);
  const wanted = expand(label.rootCauses);
  let right = 0;
  for (const key of [...given.keys()]) {
    if (!wanted.has(key)) continue;
    right++;
    given.delete(key);
    wanted.delete(key);
  }
  if (columns && given.size > 0 && wanted.size > 0) {
    const rowsOf = (pairs: readonly [string, string][]): string => {
      const length = columns.values().next().value?.length ?? 0;
      let rows = '';
      for (let i = 0; i < length; i++)
        if (pairs.every(([name, value]) => columns.get(name)?.[i] === value)) rows += `${i} `;
      return rows;
    };
    const open = new Map([...wanted].map(([key, pairs]) => [rowsOf(pairs), key]));
    for (const [key, pairs] of [...given]) {
      const rows = rowsOf(pairs);
      const same = rows === '' ? undefined : open.get(rows);
      if (same === undefined) continue;
      right++;
      open.delete(rows);
      given.delete(key);
      wanted.delete(same);
    }
  }
  return { right, wrong: given.size, missed: wanted.size };
}

export function addTo(
  tallies: Map<string, Tally>,
  group: string,
  { right, wrong, missed }: ReturnType<typeof judge>,
  isNone: boolean,
  ms: number,
): void {
  const tally = tallies.get(group) ?? { n: 0, right: 0, wrong: 0, missed: 0, none: 0, noneRight: 0, ms: 0 };
  tally.n++;
  tally.right += right;
  tally.wrong += wrong;
  tally.missed += missed;
  tally.none += Number(isNone);
  tally.noneRight += Number(isNone && wrong === 0);
  tally.ms += ms;
  tallies.set(group, tally);
}

export function lineOf(group: string, { n, right, wrong, missed, none, noneRight, ms }: Tally): string {
  const f1 = 2 * right + wrong + missed > 0 ? (2 * right) / (2 * right + wrong + missed) : 1;
  const noCause = none > 0 ? `  no cause ${noneRight}/${none}` : '';
  return `${group.padEnd(20)} n ${String(n).padStart(4)}  F1 ${f1.toFixed(3)}  right ${right} wrong ${wrong} missed ${missed}${noCause}  mean ${(ms / n).toFixed(1)} ms`;
}
