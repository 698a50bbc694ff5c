/** The dictionary: which dimensions there are, which values each has, and which of them mean the same. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { DIMENSION_VALUE_MAX } from './signals.ts';
import { CompartmentName, Words } from './words.ts';

/** What a value becomes once its dimension has reached its cap at a source. */
export const OTHER_VALUE = 'other';
/** Values that one dimension of one source keeps apart unless somebody sets more. */
export const VALUES_CAP = 1_000;
export const VALUES_CAP_MAX = 100_000;
/** Names that one source may bring; further ones are left out and counted. */
export const NAMES_CAP = 200;

export const DimensionView = z.object({
  name: z.string(),
  /** Values that are told apart, after merging. */
  values: z.int(),
  /** Rows that came with it, revisions included. */
  rows: z.int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  sources: z.array(
    z.object({
      sourceId: z.uuid(),
      sourceName: z.string(),
      values: z.int(),
      cap: z.int(),
      /** Rows whose value became "other" because the cap was reached. */
      cappedRows: z.int(),
    }),
  ),
});
export type DimensionView = z.infer<typeof DimensionView>;

export const listDimensions = {
  method: 'GET',
  path: '/api/dimensions',
  right: 'signal.read',
  query: z.object({ compartment: CompartmentName.default('open') }),
  reply: z.object({
    dimensions: z.array(DimensionView),
    /** Sources that brought more than `NAMES_CAP` names. */
    namesLeftOut: z.array(z.object({ sourceId: z.uuid(), sourceName: z.string(), rows: z.int() })),
    can: z.array(z.enum(['merge', 'set_cap'])),
  }),
} as const satisfies Endpoint;

export const MergeView = z.object({
  id: z.uuid(),
  from: z.string(),
  to: z.string(),
  at: z.iso.datetime(),
  by: z.string(),
});
export type MergeView = z.infer<typeof MergeView>;

const Name = z.object({ name: Words.min(1).max(64) });

export const readDimension = {
  method: 'GET',
  path: '/api/dimensions/:name',
  right: 'signal.read',
  params: Name,
  query: z.object({
    compartment: CompartmentName.default('open'),
    source: z.uuid().optional(),
    /** Part of a value. */
    q: Words.max(200).optional(),
    sort: z.enum(['rows', 'value', 'newest']).default('rows'),
    offset: z.coerce.number().int().min(0).max(100_000).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  reply: z.object({
    dimension: DimensionView,
    values: z.array(
      z.object({
        value: z.string(),
        rows: z.int(),
        firstAt: z.iso.datetime(),
        lastAt: z.iso.datetime(),
        /** Other spellings that count as this one. */
        merged: z.array(MergeView),
      }),
    ),
    /** Of all values that match. */
    total: z.int(),
    /** Values that differ only in how they are written, and the one that most rows have; those with most rows first. */
    alike: z.array(z.object({ to: z.string(), from: z.array(z.string()), rows: z.int() })),
    can: z.array(z.enum(['merge', 'set_cap'])),
  }),
} as const satisfies Endpoint;

const Value = Words.min(1).max(DIMENSION_VALUE_MAX);

/**
 * Renaming is merging one value into a new one. It holds for what is there, for what comes, and can be taken back. Answers
 * with all merges of this dimension that hold.
 */
export const mergeValues = {
  method: 'POST',
  path: '/api/dimensions/:name/merges',
  right: 'source.manage',
  params: Name,
  body: z.object({ compartment: CompartmentName.default('open'), from: z.array(Value).min(1).max(200), to: Value }),
  reply: z.object({ merges: z.array(MergeView) }),
} as const satisfies Endpoint;

/** What came meanwhile keeps the merged value; what was there before and what comes from now on has its own again. */
export const unmergeValue = {
  method: 'DELETE',
  path: '/api/dimensions/:name/merges/:id',
  right: 'source.manage',
  params: Name.extend({ id: z.uuid() }),
  reply: z.object({ merges: z.array(MergeView) }),
} as const satisfies Endpoint;

export const setCap = {
  method: 'PUT',
  path: '/api/dimensions/:name/cap',
  right: 'source.manage',
  params: Name,
  body: z.object({ sourceId: z.uuid(), cap: z.int().min(10).max(VALUES_CAP_MAX) }),
  reply: DimensionView,
} as const satisfies Endpoint;
