import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { useFindAuthor } from './privacy-queries.ts';

/** A person asks what is stored of them: this says under which names to look. That somebody looked is written down. */
export function AuthorPanel() {
  const { t } = useTranslation();
  const find = useFindAuthor();
  const [author, setAuthor] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find.mutate(author.trim());
  };
  return (
    <Panel title={t('privacy.find')}>
      <form className="panel-body stack" onSubmit={submit}>
        <p className="soft read">{t('privacy.findWhy')}</p>
        <div className="row wrap top">
          <TextInput
            className="author-field"
            aria-label={t('privacy.findLabel')}
            placeholder={t('privacy.findLabel')}
            dir="auto"
            autoComplete="off"
            required
            maxLength={500}
            value={author}
            onChange={(event) => setAuthor(event.currentTarget.value)}
          />
          <Button type="submit" busy={find.isPending}>
            {t('privacy.findDo')}
          </Button>
        </div>
        {find.isError && <ErrorNote error={find.error} />}
        {find.data && (
          <ul className="stack tight" role="status">
            {find.data.pseudonyms.map(({ version, pseudonym }) => (
              <li key={version}>
                <span className="faint small">{t('privacy.underKey', { number: version })}</span>{' '}
                <span className="mono">{pseudonym}</span>
              </li>
            ))}
          </ul>
        )}
      </form>
    </Panel>
  );
}
