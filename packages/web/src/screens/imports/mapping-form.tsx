import { type ImportView, MAPPING_TARGETS, type Mapping } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sources } from '../../api/source-queries.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Words } from '../../parts/user-content.tsx';
import { useStartImport, useTryImport } from './import-queries.ts';
import { columnFor, mappingAsBefore, missingTargets, sendColumn } from './mapping.ts';
import { SourceChoice } from './source-choice.tsx';
import { TrialReport } from './trial-report.tsx';

const FIELDS = MAPPING_TARGETS.filter((target) => target !== 'dimension' && target !== 'ignore');
type Field = (typeof FIELDS)[number];

/** What we think the columns are, open to correction, and the one button that starts. */
export function MappingForm({ view }: { view: ImportView }) {
  const { t } = useTranslation();
  const [mapping, setMapping] = useState<Mapping>(view.mapping ?? view.suggested);
  const [sourceId, setSourceId] = useState<string | null>(view.sourceId);
  const [asBefore, setAsBefore] = useState(false);
  const tried = useTryImport(view.id);
  const known = useQuery(sources()).data?.sources ?? [];
  const chooseSource = (id: string) => {
    setSourceId(id);
    const saved = known.find((one) => one.id === id)?.savedMapping ?? null;
    const before = mappingAsBefore(saved as Mapping | null, view.suggested);
    setAsBefore(before !== null);
    if (before) setMapping(before);
    tried.reset();
  };
  const remap = (next: Mapping) => {
    setMapping(next);
    tried.reset(); // what was tried is no longer what would be imported
  };
  return (
    <Panel title={t('mapping.title')} aside={<span className="no-phone">{t('mapping.why')}</span>}>
      {view.doubt !== null && (
        <p className="panel-body mapping-known is-warn" role="status">
          <Icon name="warn" small /> {view.doubt}
        </p>
      )}
      {(view.knownExport || asBefore) && (
        <p className="panel-body mapping-known" role="status">
          <Icon name="check" small />{' '}
          {asBefore ? t('mapping.asBefore') : t('mapping.known', { whose: t(`mapping.export.${view.knownExport!}`) })}
        </p>
      )}
      <div className="panel-body mapping">
        <div className="stack">
          {FIELDS.map((field) => (
            <FieldLine key={field} field={field} view={view} mapping={mapping} onMapping={remap} />
          ))}
        </div>
        <RestColumns view={view} mapping={mapping} onMapping={remap} />
      </div>
      <Go view={view} mapping={mapping} sourceId={sourceId} tried={tried} onSource={chooseSource} />
    </Panel>
  );
}

interface GoProps {
  view: ImportView;
  mapping: Mapping;
  sourceId: string | null;
  tried: ReturnType<typeof useTryImport>;
  onSource: (id: string) => void;
}

/** Into which source, then the one button that starts, and the one that only tries. */
function Go({ view, mapping, sourceId, tried, onSource }: GoProps) {
  const { t } = useTranslation();
  const start = useStartImport(view.id);
  const missing = missingTargets(mapping);
  const ready = missing.length === 0 && sourceId !== null;
  const body = () => ({ sourceId: sourceId!, mapping });
  return (
    <div className="panel-body mapping-go">
      <SourceChoice chosen={sourceId} onChoose={onSource} />
      {start.isError && <ErrorNote error={start.error} />}
      <div className="row wrap">
        <Button look="go" disabled={!ready} busy={start.isPending} onClick={() => start.mutate(body())}>
          {t('mapping.start')}
        </Button>
        <Button disabled={!ready} busy={tried.isPending} onClick={() => tried.mutate(body())}>
          {t('mapping.try')}
        </Button>
        {!ready && (
          <span className="small is-warn" role="status">
            {missing.length > 0
              ? t('mapping.missing', { fields: missing.map((field) => t(`mapping.field.${field}`)).join(', ') })
              : t('mapping.noSource')}
          </span>
        )}
      </div>
      {tried.isError && <ErrorNote error={tried.error} />}
      {tried.data && <TrialReport trial={tried.data} />}
    </div>
  );
}

interface LineProps {
  view: ImportView;
  mapping: Mapping;
  onMapping: (mapping: Mapping) => void;
}

function FieldLine({ field, view, mapping, onMapping }: LineProps & { field: Field }) {
  const { t } = useTranslation();
  const column = columnFor(mapping, field);
  const example = column === null ? '' : (view.sample.find((row) => row[column])?.[column] ?? '');
  const choose = (next: string) => {
    if (next !== '') onMapping(sendColumn(mapping, next, field));
    else if (column !== null) onMapping(sendColumn(mapping, column, 'dimension'));
  };
  return (
    <label className="field-line">
      <span>
        {t(`mapping.field.${field}`)}
        {(field === 'ts' || field === 'text') && <span className="faint small"> {t('mapping.needed')}</span>}
      </span>
      <select className="plain" value={column ?? ''} onChange={(event) => choose(event.target.value)}>
        <option value="">{t('mapping.noColumn')}</option>
        {view.columns.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <span className={example ? 'faint small clip' : 'faint small'}>
        {example ? (
          <Words>{example}</Words>
        ) : column === null ? (
          t(`mapping.without.${field}`)
        ) : (
          t('mapping.emptyColumn')
        )}
      </span>
    </label>
  );
}

/** Every other column: kept as a dimension under its own name, or left out. */
function RestColumns({ view, mapping, onMapping }: LineProps) {
  const { t } = useTranslation();
  const rest = view.columns.filter((column) => ['dimension', 'ignore', undefined].includes(mapping[column]));
  return (
    <fieldset className="rest">
      <legend>{t('mapping.rest')}</legend>
      <p className="small faint">{t('mapping.restWhy')}</p>
      {rest.length === 0 && <p className="small soft">{t('mapping.restNone')}</p>}
      {rest.map((column) => (
        <label key={column}>
          <input
            type="checkbox"
            checked={mapping[column] === 'dimension'}
            onChange={(event) => onMapping({ ...mapping, [column]: event.target.checked ? 'dimension' : 'ignore' })}
          />
          <Words>{column}</Words>
          <span className="faint small clip">
            <Words>{view.sample.find((row) => row[column])?.[column] ?? '–'}</Words>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
