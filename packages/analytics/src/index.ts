export type { Entry, ExpectedShare, Item, Output } from './engine/entry.ts';
