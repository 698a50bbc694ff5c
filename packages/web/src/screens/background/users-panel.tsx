import type { ReplyOf, readActiveUsers } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { ChartFrame } from '../../parts/chart-frame.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { sayTime } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { activeUsers } from './background-queries.ts';
import type { BackgroundSearch } from './background-search.ts';
import { UploadPanel } from './upload-panel.tsx';
import { UsersLine } from './users-line.tsx';

type Answer = ReplyOf<typeof readActiveUsers>;
type Series = Answer['series'][number];

interface UsersPanelProps {
  search: BackgroundSearch;
  maySend: boolean;
  onSearch: (search: BackgroundSearch) => void;
}

export function UsersPanel({ search, maySend, onSearch }: UsersPanelProps) {
  const { t } = useTranslation();
  const query = useQuery(activeUsers(search.by));
  const exporting = useExport('active_users', { by: search.by });
  const names = [...new Set(query.data?.cuts.flatMap((cut) => cut.names) ?? [])].sort();
  return (
    <div className="stack wide">
      <Panel
        title={t('users.title')}
        aside={query.data && query.data.series.length > 0 && <ExportButton small exporting={exporting} />}
      >
        {names.length > 0 && (
          <div className="list-tools">
            <label className="row">
              <span className="faint small">{t('users.by')}</span>
              <select
                className="plain"
                value={search.by ?? ''}
                onChange={(event) => onSearch({ ...search, by: event.target.value || undefined })}
              >
                <option value="">{t('users.total')}</option>
                {names.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          </div>
        )}
        <Loaded
          query={query}
          isEmpty={({ series }) => series.length === 0}
          empty={
            <EmptyNote tone="unknown">{t(search.by && names.length > 0 ? 'users.noneBy' : 'users.none')}</EmptyNote>
          }
        >
          {(answer) => <Picture answer={answer} by={search.by} />}
        </Loaded>
      </Panel>
      {maySend && <UploadPanel what="users" />}
    </div>
  );
}

function Picture({ answer, by }: { answer: Answer; by: string | undefined }) {
  const { t, i18n } = useTranslation();
  const nameOf = (series: Series) => series.value ?? t('users.total');
  const dayOf = (day: string) => sayTime(new Date(`${day}T12:00:00`), 'day', i18n.language);
  const days = [...new Set(answer.series.flatMap((one) => one.days.map(({ day }) => day)))].sort();
  const counts = answer.series.map((one) => new Map(one.days.map(({ day, users }) => [day, users])));
  const top = answer.series[0]!;
  const last = top.days.at(-1)!;
  const sentence = t(by ? 'users.findingBy' : 'users.finding', {
    value: nameOf(top),
    users: sayNumber(last.users, i18n.language),
    day: dayOf(last.day),
    days: days.length,
  });
  return (
    <div className="panel-body stack">
      <ChartFrame
        sentence={<Words>{sentence}</Words>}
        unit={t('users.unit')}
        picture={
          <div className="users">
            {answer.series.map((one) => (
              <UsersLine key={nameOf(one)} name={nameOf(one)} days={one.days} all={days} />
            ))}
            <div className="users-line users-days small faint" aria-hidden="true">
              <span />
              <span className="row">
                <span>{dayOf(days[0]!)}</span>
                <span className="push">{dayOf(days.at(-1)!)}</span>
              </span>
              <span />
            </div>
          </div>
        }
        table={{
          caption: t('users.title'),
          head: [t('users.day'), ...answer.series.map(nameOf)],
          rows: days
            .toReversed()
            .map((day) => [
              day,
              ...counts.map((one) => (one.has(day) ? sayNumber(one.get(day)!, i18n.language) : '–')),
            ]),
        }}
      />
      {answer.cut?.summed && <p className="small faint">{t('users.summed', { names: answer.cut.names.join(', ') })}</p>}
    </div>
  );
}
