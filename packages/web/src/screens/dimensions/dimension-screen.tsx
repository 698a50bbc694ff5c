import { type DimensionView, Refusal, type ReplyOf, type readDimension } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { ExportButton } from '../../parts/export-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { DimensionName } from '../../parts/surge.tsx';
import { sayTime } from '../../parts/time.tsx';
import { AlikePanel } from './alike-panel.tsx';
import { CapWarnings, isFull } from './cap-warnings.tsx';
import { CapsPanel } from './caps-panel.tsx';
import { oneDimension, useCompartment } from './dimension-queries.ts';
import { VALUES_PER_PAGE, type ValuesSearch } from './dimension-search.ts';
import './dimensions.css';
import { MergeDialog } from './merge-dialog.tsx';
import { ValuePages } from './value-pages.tsx';
import { ValueTable } from './value-table.tsx';
import { ValueTools } from './value-tools.tsx';

interface DimensionScreenProps {
  name: string;
  search: ValuesSearch;
  onSearch: (search: ValuesSearch) => void;
}

export type Answer = ReplyOf<typeof readDimension>;

/** Whoever tidies up: every value with how often it came, those that mean the same brought together, and how many are told apart. */
export function DimensionScreen({ name, search, onSearch }: DimensionScreenProps) {
  const { t } = useTranslation();
  const { compartment } = useCompartment(search.in);
  const query = useQuery(oneDimension(compartment, name, search));
  const said = t(`dimension.${name}`, { defaultValue: name.replaceAll('_', ' ') });
  const exporting = useExport('values', { name, compartment, q: search.q, sort: search.sort, source: search.source });
  const gone = query.error instanceof Refusal && query.error.code === 'dimension.not_found';
  return (
    <Page
      title={said}
      heading={
        <span className="dimension-title">
          <DimensionName name={name} />
        </span>
      }
      crumb={{ to: '/dimensions', label: t('place.dimensions'), here: name }}
      state={query.data && <State dimension={query.data.dimension} />}
      acts={query.data && <ExportButton exporting={exporting} />}
    >
      {gone ? (
        <EmptyNote
          tone="unknown"
          action={
            <Link to="/dimensions" className="link">
              {t('dictionary.toAll')}
            </Link>
          }
        >
          {t('dictionary.gone')}
        </EmptyNote>
      ) : (
        <Loaded query={query} isEmpty={() => false} empty="" lines={8}>
          {(answer) => <Filled answer={answer} place={{ compartment, name }} search={search} onSearch={onSearch} />}
        </Loaded>
      )}
    </Page>
  );
}

function State({ dimension }: { dimension: DimensionView }) {
  const { t, i18n } = useTranslation();
  const day = (at: string) => sayTime(new Date(at), 'day', i18n.language);
  return t('dictionary.state', {
    values: t('dictionary.valueCount', { count: dimension.values }),
    rows: t('dictionary.rowCount', { count: dimension.rows }),
    sources: t('dictionary.sourceCount', { count: dimension.sources.length }),
    first: day(dimension.firstAt),
    last: day(dimension.lastAt),
  });
}

interface FilledProps extends Pick<DimensionScreenProps, 'search' | 'onSearch'> {
  answer: Answer;
  place: { compartment: string; name: string };
}

function Filled({ answer, place, search, onSearch }: FilledProps) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlyMap<string, number>>(new Map());
  const [merging, setMerging] = useState(false);
  const { dimension, values, total, alike, can } = answer;
  const mayMerge = can.includes('merge');
  const limits = <CapsPanel dimension={dimension} maySet={can.includes('set_cap')} />;
  const full = dimension.sources.some(isFull);
  return (
    <div className="stack wide">
      <CapWarnings dimensions={[dimension]} compartment={search.in} here />
      {full && limits}
      {mayMerge && alike.length > 0 && <AlikePanel alike={alike} place={place} />}
      <Panel title={t('dictionary.values')} count={sayNumber(total, i18n.language)}>
        <ValueTools
          dimension={dimension}
          search={search}
          onSearch={onSearch}
          chosen={chosen.size}
          mayMerge={mayMerge}
          onMerge={() => setMerging(true)}
          onClear={() => setChosen(new Map())}
        />
        {values.length === 0 ? (
          <EmptyNote tone="unknown">{t('dictionary.noValue')}</EmptyNote>
        ) : (
          <ValueTable
            values={values}
            list={JSON.stringify(search)}
            dimension={dimension}
            ofOneSource={search.source !== undefined}
            chosen={chosen}
            onChoose={setChosen}
            onMerge={() => setMerging(true)}
            mayMerge={mayMerge}
          />
        )}
        {total > VALUES_PER_PAGE && (
          <ValuePages total={total} page={search.page ?? 1} onPage={(page) => onSearch({ ...search, page })} />
        )}
      </Panel>
      {!full && limits}
      <MergeDialog
        opened={merging}
        place={place}
        chosen={chosen}
        values={values}
        onClose={() => setMerging(false)}
        onDone={() => {
          setMerging(false);
          setChosen(new Map());
        }}
      />
    </div>
  );
}
