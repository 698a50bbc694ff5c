import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sources, useCreateSource } from '../../api/source-queries.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNote, Skeleton } from '../../parts/notes.tsx';
import { SourceForm } from '../../parts/source-form.tsx';

interface SourceChoiceProps {
  chosen: string | null;
  onChoose: (id: string) => void;
}

/** Where the file comes from: a source that is known, or a new one made in place. */
export function SourceChoice({ chosen, onChoose }: SourceChoiceProps) {
  const { t } = useTranslation();
  const query = useQuery(sources());
  const create = useCreateSource();
  const [making, setMaking] = useState(false);
  if (query.isPending) return <Skeleton lines={1} />;
  if (query.data === undefined) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  const known = query.data.sources;
  if (making || known.length === 0) {
    return (
      <div className="source-new">
        <h3>{t('source.new')}</h3>
        <SourceForm
          busy={create.isPending}
          error={create.error}
          onCreate={(source) =>
            create.mutate(source, {
              onSuccess: ({ id }) => {
                onChoose(id);
                setMaking(false);
              },
            })
          }
          onCancel={known.length > 0 ? () => setMaking(false) : undefined}
        />
      </div>
    );
  }
  return (
    <div className="row wrap">
      <label className="row">
        <span>{t('mapping.into')}</span>
        <select className="plain" value={chosen ?? ''} onChange={(event) => onChoose(event.target.value)}>
          <option value="" disabled>
            {t('mapping.chooseSource')}
          </option>
          {known.map((source) => (
            <option key={source.id} value={source.id}>
              {source.name}
            </option>
          ))}
        </select>
      </label>
      <Button small look="quiet" icon="plus" onClick={() => setMaking(true)}>
        {t('source.new')}
      </Button>
    </div>
  );
}
