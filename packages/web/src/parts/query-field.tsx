import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './fields.css';
import { Icon } from './icon.tsx';
import { useKeys } from './keys.tsx';
import './query-field.css';
import {
  completed,
  fieldsBegun,
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
  onSearch: (q: string) => void;
  /** Values behind a field, or names of dimensions behind none. */
  suggest: (field: string, begun: string) => Promise<readonly Suggestion[]>;
}

/** `/` comes here, arrows choose, Tab completes, Enter searches, Esc closes the help and then goes back. */
export function QueryField({ value, label, hint, autoFocus, onSearch, suggest }: QueryFieldProps) {
  const { t } = useTranslation();
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(value);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const sent = useRef(value);
  const help = useHelp(words, open ? (field.current?.selectionStart ?? words.length) : null, suggest);
  useEffect(() => {
    if (value === sent.current) return; // the answer to what was typed must not take back what was typed since
    sent.current = value;
    setWords(value);
  }, [value]);
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  useKeys([{ keys: '/', label: t('keys.search'), run: () => field.current?.select() }]);
  const show = (next: boolean) => {
    setOpen(next);
    setActive(-1);
  };
  const search = (q: string) => {
    sent.current = q.trim();
    rememberSearch(sent.current);
    show(false);
    onSearch(sent.current);
  };
  const choose = (option: QueryOption) => {
    if (option.kind === 'recent') {
      setWords(option.value);
      search(option.value);
      return;
    }
    const next = completed(words, option.place, option.value);
    setWords(next.text);
    setActive(-1);
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret));
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const chosen = help[active];
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') {
      if (open && help.length > 0) show(false);
      else event.currentTarget.blur();
    } else if (step !== 0 && help.length > 0) {
      setOpen(true);
      setActive((active + step + help.length + (active < 0 && step < 0 ? 1 : 0)) % help.length);
    } else if (open && chosen && (event.key === 'Enter' || event.key === 'Tab')) choose(chosen);
    else if (open && event.key === 'Tab' && !event.shiftKey && help[0] && help[0].kind !== 'recent' && help[0].begun) {
      choose(help[0]);
    } else return;
    event.preventDefault();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(words);
  };
  const expanded = open && help.length > 0;
  return (
    <search className="query-field">
      <form className="search-field" onSubmit={submit}>
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          dir="auto"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          role="combobox"
          aria-label={label}
          aria-expanded={expanded}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={expanded && active >= 0 ? `${list}-${active}` : undefined}
          placeholder={hint}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            show(true);
            if (event.target.value === '') search('');
          }}
          onFocus={() => show(true)}
          onBlur={() => show(false)}
          onKeyDown={onKey}
        />
        <kbd className="no-phone">/</kbd>
      </form>
      <QueryOptions id={list} options={expanded ? help : []} active={active} onChoose={choose} />
    </search>
  );
}

const PAUSE_MS = 120;
const FIELDS_FIRST = ['source', 'rating', 'language', 'at', 'is', 'topic'];

/** What is offered at the caret; nothing while `caret` is null. */
function useHelp(text: string, caret: number | null, suggest: QueryFieldProps['suggest']): readonly QueryOption[] {
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
  if (text.trim() === '') return [...recentSearches().map(asRecent), ...FIELDS_FIRST.map(asField(place))];
  const own = place.kind === 'field' && place.begun !== '' ? fieldsBegun(place.begun).map(asField(place)) : [];
  return [...own, ...(found.key === key ? found.options : [])];
}

const asRecent = (value: string): QueryOption => ({ kind: 'recent', value, label: value, count: null });
const asField =
  (place: Place) =>
  (value: string): QueryOption => ({ kind: 'field', value, label: value, count: null, begun: place.begun, place });
