/** Where a topic is, and where it is not, by the dimensions of its signals. Pure. */
import { concentration, type SliceCount, type SliceShare } from '@groundswell/analytics';

export interface Place extends SliceShare {
  readonly count: number;
}

export interface Where {
  /** Values that were compared. */
  readonly tested: number;
  /** What it is concentrated in, clearest first. */
  readonly here: Place[];
  /** What it spares although it is common elsewhere: as telling as the other. */
  readonly notHere: Place[];
}

const MOST_HERE = 12;
const MOST_NOT_HERE = 6;
/** A value that few signals have anyway is spared by chance. */
const COMMON_SHARE = 0.05;

/** Null where the sources give no dimensions. */
export function whereIs(rows: readonly SliceCount[]): Where | null {
  if (rows.length === 0) return null;
  const counts = new Map(rows.map((row) => [keyOf(row), row.inGroup]));
  const places = concentration(rows.map(withDoubt)).map((place) => ({ ...place, count: counts.get(keyOf(place))! }));
  const spared = places.filter(({ high, usualShare }) => usualShare >= COMMON_SHARE && high < usualShare);
  return {
    tested: rows.length,
    here: places.filter(({ count }) => count > 0).slice(0, MOST_HERE),
    notHere: spared.sort((a, b) => b.usualShare - b.share - (a.usualShare - a.share)).slice(0, MOST_NOT_HERE),
  };
}

const keyOf = ({ dimension, value }: { dimension: string; value: string }): string =>
  JSON.stringify([dimension, value]);

/** Half a signal more than was seen: a value that the others never had is rare among them, not impossible. */
function withDoubt(row: SliceCount): SliceCount {
  return { ...row, inStream: row.inStream + 0.5, streamTotal: row.streamTotal + 1 };
}
