import type { Searched } from '@groundswell/contract';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldWords } from './field-words.ts';
import './fields.css';
import { Icon } from './icon.tsx';
import { KeyHint } from './key-hint.tsx';
import { useKeys } from './keys.tsx';
import './query-field.css';
import {
  completed,
  fieldsBegun,
  firstFields,
  type Place,
  placeAt,
  recentSearches,
  rememberSearch,
  type Suggestion,
} from './query-help.ts';
import { type QueryOption, QueryOptions } from './query-options.tsx';

interface QueryFieldProps {
  value: string;
  label: string;
  hint: string;
  autoFocus?: boolean;
  /** Only the fields of these are offered; without it those of everything. */
  of?: Searched;
  onSearch: (q: string) => void;
  /** Values behind a field, or names of dimensions behind none. */
  suggest: (field: string, begun: string) => Promise<readonly Suggestion[]>;
}

/** `/` comes here, arrows choose, Tab completes, Enter searches, Esc closes the help and then goes back. */
export function QueryField({ value, label, hint, autoFocus, of, onSearch, suggest }: QueryFieldProps) {
  const { t } = useTranslation();
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const { words, help, open, active, setCaret, show, type, search, choose, go } = useQuery({
    field,
    value,
    of,
    onSearch,
    suggest,
  });
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  useKeys([{ name: 'search', label: t('keys.search'), run: () => field.current?.select() }]);
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const act = actOf(event, { open, help, active });
    if (act === null) return;
    event.preventDefault();
    if (act === 'close') show(false);
    else if (act === 'leave') event.currentTarget.blur();
    else if (typeof act === 'number') go(act);
    else choose(act);
  };
  const expanded = open && help.length > 0;
  return (
    <search className="query-field">
      <form
        className="search-field"
        onSubmit={(event) => {
          event.preventDefault();
          search(words);
        }}
      >
        <Icon name="search" />
        <input
          {...ALWAYS}
          ref={field}
          type="search"
          role="combobox"
          aria-autocomplete="list"
          aria-label={label}
          aria-expanded={expanded}
          aria-controls={list}
          aria-activedescendant={expanded && active >= 0 ? `${list}-${active}` : undefined}
          placeholder={hint}
          value={words}
          onChange={(event) => type(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? words.length)}
          onFocus={() => show(true)}
          onBlur={() => show(false)}
          onKeyDown={onKey}
        />
        <KeyHint of="search" />
      </form>
      <QueryOptions id={list} options={expanded ? help : []} active={active} onChoose={choose} />
    </search>
  );
}

type QueryRoom = Pick<QueryFieldProps, 'value' | 'onSearch' | 'suggest'> & {
  of: Searched | undefined;
  field: RefObject<HTMLInputElement | null>;
};

/** What stands in the field, what is offered, and what can be done with both. */
function useQuery({ field, value, of, onSearch, suggest }: QueryRoom) {
  const { words, setWords, send } = useFieldWords(value, field);
  const [open, setOpen] = useState(false);
  const [caret, setCaret] = useState(value.length);
  const [active, setActive] = useState(-1);
  const help = useHelp(words, open ? caret : null, suggest, of);
  const show = (next: boolean) => {
    setOpen(next);
    setActive(-1);
  };
  const search = (q: string) => {
    const said = q.trim();
    send(said);
    rememberSearch(said);
    show(false);
    onSearch(said);
  };
  const type = (said: string, at: number | null) => {
    setWords(said);
    setCaret(at ?? said.length);
    if (said === '') search('');
    show(true);
  };
  const choose = (option: QueryOption) => {
    if (option.kind === 'recent') {
      setWords(option.value);
      search(option.value);
      return;
    }
    const next = completed(words, option.place, option.value);
    setWords(next.text);
    setCaret(next.caret);
    setActive(-1);
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret));
  };
  const go = (to: number) => {
    setOpen(true);
    setActive(to);
  };
  return { words, help, open, active, setCaret, show, type, search, choose, go };
}

const ALWAYS = {
  dir: 'auto',
  enterKeyHint: 'search',
  autoComplete: 'off',
  spellCheck: false,
  maxLength: 500,
} as const;

interface Shown {
  open: boolean;
  help: readonly QueryOption[];
  active: number;
}

/** What a key means here: the option to go to or to take, or to close the list and leave; null where it is the field's own. */
function actOf(
  { key, shiftKey }: KeyboardEvent,
  { open, help, active }: Shown,
): number | QueryOption | 'close' | 'leave' | null {
  if (key === 'Escape') return open && help.length > 0 ? 'close' : 'leave';
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step !== 0 && help.length > 0) {
    return (active + step + help.length + (active < 0 && step < 0 ? 1 : 0)) % help.length;
  }
  if (!open || (key !== 'Enter' && key !== 'Tab')) return null;
  const chosen = help[active];
  if (chosen) return chosen;
  const [first] = help;
  return key === 'Tab' && !shiftKey && first && first.kind !== 'recent' && first.begun !== '' ? first : null;
}

const PAUSE_MS = 120;

/** What is offered at the caret; nothing while `caret` is null. */
function useHelp(
  text: string,
  caret: number | null,
  suggest: QueryFieldProps['suggest'],
  of: Searched | undefined,
): readonly QueryOption[] {
  const [found, setFound] = useState<{ key: string; options: readonly QueryOption[] }>({ key: '', options: [] });
  const place = caret === null ? null : placeAt(text, Math.min(caret, text.length));
  const key = place ? `${place.kind} ${place.kind === 'value' ? place.field : ''} ${place.begun} ${place.from}` : '';
  const latest = useRef({ place, suggest });
  latest.current = { place, suggest };
  useEffect(() => {
    if (key === '') return;
    let late = false;
    const pause = setTimeout(async () => {
      const { place: at, suggest: ask } = latest.current;
      if (!at || (at.kind === 'field' && at.begun === '')) return;
      const values = await ask(at.kind === 'value' ? at.field : '', at.begun).catch(() => []);
      if (!late)
        setFound({ key, options: values.map((one) => ({ ...one, kind: at.kind, begun: at.begun, place: at })) });
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(pause);
    };
  }, [key]);
  if (!place) return [];
  if (text.trim() === '') return [...recentSearches().map(asRecent), ...firstFields(of).map(asField(place))];
  const own = place.kind === 'field' && place.begun !== '' ? fieldsBegun(place.begun, of).map(asField(place)) : [];
  return [...own, ...(found.key === key ? found.options : [])];
}

const asRecent = (value: string): QueryOption => ({ kind: 'recent', value, label: value, count: null });
const asField =
  (place: Place) =>
  (value: string): QueryOption => ({ kind: 'field', value, label: value, count: null, begun: place.begun, place });
