/** Looks up what the names in a query are called here. What nobody knows is read as words, and a note says so. */
import {
  DIMENSION_PREFIX,
  type FieldTest,
  type LeafNode,
  leavesOf,
  type QueryNote,
  type QueryNoteCode,
  queryField,
  type Searched,
} from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { canBeFuzzy, neighboursOf, tellingPairs, tellingWords } from './alike.ts';
import { spellingsOf } from './dictionary.merge.store.ts';
import { dimensionName, dimensionValue } from './dimensions.ts';
import { sourceNames, valuesOf } from './known.store.ts';
import { canAsk, type Seam } from './query.store.ts';
import { type Asked, askedBy, type Meant, valuesWithin } from './query.ts';
import { COVERED_FROM, identity } from './signal.ts';
import { findAlike, weighWords, wordsOfSignal } from './vocabulary.store.ts';

export type Knowing = Pick<Above, 'topicsCalled' | 'topicOfIssue'> & Seam;

/** What is searched, and whether a field of it can be asked for a value. */
export interface Searching {
  readonly kind: Searched;
  readonly canAsk: (node: Field) => boolean;
  /** Whether anything is called so; asked only of what it can be asked for. */
  readonly isKnown?: (db: Db, node: Field) => Promise<boolean>;
}
type Field = Extract<LeafNode, { type: 'field' }>;
type Note = (code: QueryNoteCode) => void;

interface Room extends Searching {
  readonly db: Db;
  readonly above: Knowing;
  readonly note: Note;
}

/** A query can name so many things; each costs a look into the database. */
const LOOKED_UP_MAX = 30;

export async function lookUp(db: Db, q: string, above: Knowing, searching = signalsBy(above)): Promise<Asked> {
  const { query } = askedBy(q);
  const notes: QueryNote[] = [...query.notes];
  const meant = new Map<LeafNode, Meant>();
  for (const { node } of leavesOf(query.tree).slice(0, LOOKED_UP_MAX)) {
    const note: Note = (code) => {
      if (!notes.some((one) => one.code === code && one.at[0] === node.at[0])) {
        notes.push({ code, at: node.at, said: query.text.slice(...node.at) });
      }
    };
    const found = await meaningOf({ ...searching, db, above, note }, node);
    if (found) meant.set(node, found);
  }
  return { query, meant, notes: notes.sort((a, b) => a.at[0] - b.at[0]) };
}

const signalsBy = (above: Seam): Searching => ({
  kind: 'signals',
  canAsk: ({ name, any }) => any.every((test) => canAsk(name, test, above)),
});

async function meaningOf(room: Room, node: LeafNode): Promise<Meant | null> {
  if (node.type === 'field') return fieldMeaning(room, node);
  const fuzzy = node.type === 'word' ? node.how === 'fuzzy' : node.fuzzy;
  return fuzzy ? fuzzyMeaning(room, node.text) : null;
}

/** Each word as what it may have been meant to be; one that cannot be held against others stays as it is. */
async function fuzzyMeaning({ db, note }: Room, text: string): Promise<Meant | null> {
  const words = text.match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];
  if (!words.some(canBeFuzzy)) {
    note('not_fuzzy');
    return null;
  }
  const meant: string[][] = [];
  for (const word of words) {
    const known = canBeFuzzy(word) ? await findAlike(db, word.toLowerCase()) : [];
    meant.push(
      neighboursOf(
        word,
        known.map((one) => one.word),
      ),
    );
  }
  return { as: 'fuzzy', words: meant };
}

async function fieldMeaning(room: Room, node: Field): Promise<Meant | null> {
  const { kind, note } = room;
  const field = queryField(node.name);
  if (!field) return dimensionMeaning(room, node);
  if (!field.of.includes(kind)) {
    note('unknown_field');
    return { as: 'words' };
  }
  if (node.name === 'topic' || node.name === 'issue') return topicMeaning(room, node);
  if (kind === 'signals') {
    if (node.name === 'source') return sourceMeaning(room, node);
    if (node.name === 'id') return thingMeaning(room, node);
    if (node.name === 'like') return likeMeaning(room, node);
  }
  if (room.canAsk(node)) {
    if (room.isKnown && !(await room.isKnown(room.db, node))) note('unknown_value');
    return null;
  }
  note('bad_value');
  return { as: 'words' };
}

async function dimensionMeaning({ db, note }: Room, node: Field): Promise<Meant> {
  const name = dimensionName(
    node.name.startsWith(DIMENSION_PREFIX) ? node.name.slice(DIMENSION_PREFIX.length) : node.name,
  );
  const known = name === '' ? null : await valuesOf(db, name);
  if (known === null) {
    note('unknown_field');
    return { as: 'words' };
  }
  const values = [...new Set(node.any.flatMap((test) => valuesFor(name, test, known)))];
  if (!values.some((value) => known.includes(value))) note('unknown_value');
  const spellings = values.length === 0 ? [] : await spellingsOf(db, new Map([[name, values]]));
  return { as: 'dimension', name, values, spellings };
}

/** A value is found however it is capitalised. */
function valuesFor(name: string, test: FieldTest, known: readonly string[]): string[] {
  if (test.is === 'range') return valuesWithin(known, test);
  const wanted = test.text.toLowerCase();
  if (test.is === 'beginning') return known.filter((value) => value.toLowerCase().startsWith(wanted));
  const typed = dimensionValue(name, test.text.toWellFormed().replaceAll('\0', ''));
  return [typed, ...known.filter((value) => value !== typed && value.toLowerCase() === typed.toLowerCase())];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By id, by name, or by a part of the name where nothing is called exactly so. */
async function sourceMeaning({ db, note }: Room, node: Field): Promise<Meant> {
  const all = await sourceNames(db);
  const ids = node.any.flatMap((test) => {
    if (test.is === 'range') return [];
    if (test.is === 'value' && UUID.test(test.text)) return [test.text.toLowerCase()];
    const said = test.text.toLowerCase();
    const named = (is: (name: string) => boolean) =>
      all.filter(({ name }) => is(name.toLowerCase())).map(({ id }) => id);
    if (test.is === 'beginning') return named((name) => name.startsWith(said));
    const exactly = named((name) => name === said);
    return exactly.length > 0 ? exactly : named((name) => name.includes(said));
  });
  if (!ids.some((id) => all.some((one) => one.id === id))) note('unknown_value');
  return { as: 'sources', ids: [...new Set(ids)] };
}

async function topicMeaning({ db, above, note }: Room, node: Field): Promise<Meant> {
  const ids = new Set<string>();
  for (const test of node.any) {
    if (test.is === 'range') continue;
    if (node.name === 'issue') {
      const id = await above.topicOfIssue(db, test.text);
      if (id) ids.add(id);
    } else if (UUID.test(test.text)) ids.add(test.text.toLowerCase());
    else for (const id of await above.topicsCalled(db, test.text)) ids.add(id);
  }
  if (ids.size === 0) note('unknown_value');
  return { as: 'topics', ids: [...ids] };
}

/** An external id is a hash away from the thing, at each of the sources: no index of its own is needed. */
async function thingMeaning({ db }: Room, node: Field): Promise<Meant> {
  const said = node.any.flatMap((test) => (test.is === 'range' ? [] : [test.text]));
  const sources = await sourceNames(db);
  return {
    as: 'things',
    signalIds: said.filter((one) => UUID.test(one)),
    itemIds: said.flatMap((one) => sources.map(({ id }) => identity(id, one, '').itemId)),
  };
}

async function likeMeaning({ db, note }: Room, node: Field): Promise<Meant> {
  const [test] = node.any;
  const id = test?.is === 'value' && UUID.test(test.text) ? test.text.toLowerCase() : null;
  const said = id === null ? undefined : await wordsOfSignal(db, id);
  if (id === null || !said) {
    note('no_such_signal');
    return { as: 'like', id: '00000000-0000-0000-0000-000000000000', words: [], covered: false };
  }
  const { counts, of } = await weighWords(db, said.words);
  const words = [...tellingWords(said.words, counts, of), ...tellingPairs(said.text)].slice(0, LIKE_WORDS_MAX);
  return { as: 'like', id, words, covered: said.exposure >= COVERED_FROM };
}

const LIKE_WORDS_MAX = 10;
