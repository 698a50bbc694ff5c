/** Help while one types a query: what could stand behind a field, and which dimensions there are. */
import { DIMENSION_PREFIX, queryField, type ReplyOf, type suggestValues } from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { dimensionName } from './dimensions.ts';
import { type Suggested, sourceNames, suggestDimension, suggestLanguages, suggestNames } from './known.store.ts';

type Suggestion = ReplyOf<typeof suggestValues>['values'][number];

const LISTED = 12;

export async function suggest(
  db: Db,
  { field, begun }: { field: string; begun: string },
  above: Pick<Above, 'suggest'>,
): Promise<Suggestion[]> {
  const [name, said] = [field.toLowerCase(), begun.toWellFormed().replaceAll('\0', '')];
  if (name === '') return asWritten(await suggestNames(db, said, LISTED));
  const known = queryField(name);
  if (!known) {
    const dimension = dimensionName(name.startsWith(DIMENSION_PREFIX) ? name.slice(DIMENSION_PREFIX.length) : name);
    return asWritten(await suggestDimension(db, dimension, said, LISTED));
  }
  if (known.values) {
    return known.values
      .filter((value) => value.startsWith(said.toLowerCase()))
      .map((value) => ({ value, label: value, count: null }));
  }
  if (name === 'source')
    return (await sourceNames(db))
      .filter((one) => holds(one.name, said))
      .slice(0, LISTED)
      .map(asSource);
  if (name === 'language') return asWritten(await suggestLanguages(db, said, LISTED));
  return name === 'topic' || name === 'issue' || name === 'owner' ? above.suggest(db, name, said, LISTED) : [];
}

const holds = (name: string, said: string): boolean => name.toLowerCase().includes(said.toLowerCase());
const asSource = ({ name, signals }: { name: string; signals: number }) => ({
  value: name,
  label: name,
  count: signals,
});
const asWritten = (values: readonly Suggested[]): Suggestion[] =>
  values.map(({ value, count }) => ({ value, label: value, count }));
