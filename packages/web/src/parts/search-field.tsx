import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './fields.css';
import { Icon } from './icon.tsx';
import { useKeys } from './keys.tsx';

interface SearchFieldProps {
  value: string;
  label: string;
  hint: string;
  little?: boolean;
  onSearch: (words: string) => void;
}

/** `/` comes here, Enter searches, Esc goes back. The address holds what was searched. */
export function SearchField({ value, label, hint, little, onSearch }: SearchFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(value);
  useEffect(() => setWords(value), [value]);
  useKeys([{ keys: '/', label: t('keys.search'), run: () => field.current?.select() }]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(words.trim());
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
            if (event.target.value === '') onSearch('');
          }}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        <kbd className="no-phone">/</kbd>
      </form>
    </search>
  );
}
