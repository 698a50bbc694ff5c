import { type FormEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldWords } from './field-words.ts';
import './fields.css';
import { Icon } from './icon.tsx';
import { KeyHint } from './key-hint.tsx';
import { useKeys } from './keys.tsx';

interface SearchFieldProps {
  value: string;
  label: string;
  hint: string;
  little?: boolean;
  onSearch: (words: string) => void;
}

/** After so long without a key a list is narrowed down without Enter. */
const PAUSE_MS = 300;

/** `/` comes here, Enter searches, Esc goes back; a little one narrows its list while one types. The address holds what was searched. */
export function SearchField({ value, label, hint, little, onSearch }: SearchFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const { words, setWords, sent, send } = useFieldWords(value, field);
  const search = (said: string) => {
    send(said.trim());
    onSearch(said.trim());
  };
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => {
    if (!little || words.trim() === sent.current) return;
    const pause = setTimeout(() => latest.current(words), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [words, little, sent]);
  useKeys([{ name: 'search', label: t('keys.search'), run: () => field.current?.select() }]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(words);
  };
  return (
    <search>
      <form className={little ? 'search-field little' : 'search-field'} onSubmit={submit}>
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          dir="auto"
          enterKeyHint="search"
          aria-label={label}
          placeholder={hint}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            if (event.target.value === '') search('');
          }}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        <KeyHint of="search" />
      </form>
    </search>
  );
}
