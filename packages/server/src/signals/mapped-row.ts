/** A row of columns, from a file or from another system, read as a signal by a mapping. Pure. */
import { createHash } from 'node:crypto';
import { DIMENSION_NAME_MAX, DIMENSION_VALUE_MAX, type Mapping, type NewSignal } from '@groundswell/contract';
import { type Cell, type Cells, lastingId, type MomentOrder, parseMoment } from '@groundswell/formats';
import { idToShow } from './guard.ts';
import { cleanLine } from './text.ts';

/** What intake gets to judge, or why the row cannot be one. `id` is there whenever the row names it. */
export type RowAsSignal =
  | { readonly value: NewSignal; readonly at: Date }
  | { readonly reason: string; readonly id: string | null };

/** Of columns of dates: whether the day or the month stands first. */
export type Orders = Readonly<Record<string, MomentOrder>>;

/** Reads rows by a mapping: the columns are looked up once, not for every row. */
export function rowReader(mapping: Mapping, orders: Orders = {}): (cells: Cells) => RowAsSignal {
  const column = (target: string) => Object.keys(mapping).find((name) => mapping[name] === target);
  const columns = {
    id: column('id'),
    ts: column('ts'),
    text: column('text'),
    title: column('title'),
    author: column('author'),
    rating: column('rating'),
    language: column('language'),
    updatedAt: column('updated_at'),
    tier: column('creator_tier'),
    exposure: column('exposure'),
  };
  const orderOf = (name: string | undefined) =>
    name !== undefined && Object.hasOwn(orders, name) ? orders[name] : null;
  const order = { ts: orderOf(columns.ts), updatedAt: orderOf(columns.updatedAt) };
  const dimensions = Object.keys(mapping).filter((name) => mapping[name] === 'dimension');

  return (cells) => {
    const said = (name: string | undefined) => (name === undefined ? '' : wordOf(cells[name]));
    const id = lastingId(said(columns.id)) || null;
    const no = (reason: string) => ({ reason, id: id && idToShow(cleanLine(id).slice(0, 200)) });

    const ts = parseMoment(said(columns.ts), order.ts);
    if ('reason' in ts) return no(ts.reason);
    const updatedAt = said(columns.updatedAt) ? parseMoment(said(columns.updatedAt), order.updatedAt) : null;
    if (updatedAt && 'reason' in updatedAt) return no(updatedAt.reason);
    const [text, title] = [said(columns.text), said(columns.title)];
    if (!text && !title) return no('The row has no text.');
    const rating = ratingOf(said(columns.rating));
    if (rating === undefined) return no('The rating is not a whole number from 1 to 5.');
    const exposure = exposureOf(said(columns.exposure));
    if (exposure === undefined) return no('The exposure level is not a whole number from 0 to 4.');

    const author = said(columns.author) || null;
    const value: NewSignal = {
      id: id ?? hashOf(ts.at, author, text || title),
      ts: ts.at.toISOString(),
      text: text || title,
      ...(text && title && { title }),
      ...(author && { author }),
      ...(rating && { rating }),
      ...(said(columns.language) && { language: said(columns.language).replaceAll('_', '-') }),
      ...(updatedAt && { updated_at: updatedAt.at.toISOString() }),
      ...(said(columns.tier) && { creator_tier: said(columns.tier) }),
      ...(exposure !== null && { exposure }),
      dimensions: dimensionsOf(cells, dimensions),
    };
    return { value, at: ts.at };
  };
}

/** Two rows that say the same at the same time in the same name are one: so a second drop of a file adds nothing. */
function hashOf(at: Date, author: string | null, text: string): string {
  const said = JSON.stringify([at.toISOString(), author, text]);
  return `row-${createHash('sha256').update(said).digest('hex').slice(0, 40)}`;
}

const wordOf = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : String(cell).trim());

/** Null where there is none, undefined where it is none. */
function ratingOf(said: string): number | null | undefined {
  if (said === '') return null;
  return /^[1-5](\.0+)?$/.test(said) ? Number.parseInt(said, 10) : undefined;
}

/** As a number or as `X2`. Null where there is none, undefined where it is none: what is hard to look at is never shown by mistake. */
function exposureOf(said: string): number | null | undefined {
  if (said === '') return null;
  return /^x?[0-4]$/i.test(said) ? Number(said.at(-1)) : undefined;
}

function dimensionsOf(cells: Cells, names: readonly string[]): NonNullable<NewSignal['dimensions']> {
  const entries = names.flatMap((name): [string, string | number | boolean][] => {
    const cell = cells[name];
    if (typeof cell === 'number' || typeof cell === 'boolean') return [[name.slice(0, DIMENSION_NAME_MAX), cell]];
    const word = wordOf(cell).slice(0, DIMENSION_VALUE_MAX).toWellFormed(); // a letter may be cut in two
    return word ? [[name.slice(0, DIMENSION_NAME_MAX), word]] : [];
  });
  return Object.fromEntries(entries);
}
