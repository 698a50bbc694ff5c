import type { Desk } from '@groundswell/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { DeskCase } from './desk-case.tsx';

/** How much it is, what I owe, what others did to mine, and what I began and never sent. */
export function DeskSide({ query }: { query: UseQueryResult<Desk> }) {
  const { t } = useTranslation();
  return (
    <aside className="stack wide slim" aria-label={t('desk.now')}>
      <Loaded query={query} lines={5} isEmpty={() => false} empty="">
        {(desk) => (
          <>
            <Numbers desk={desk} />
            <Tasks tasks={desk.tasks} />
            <Panel title={t('desk.changed')}>
              {desk.changed.length === 0 && <EmptyNote>{t('desk.changedNone')}</EmptyNote>}
              <ul>
                {desk.changed.map((row) => (
                  <DeskCase key={row.id} row={row} at={`changed-${row.id}`} />
                ))}
              </ul>
            </Panel>
            {desk.drafts.length > 0 && <Drafts drafts={desk.drafts} />}
          </>
        )}
      </Loaded>
    </aside>
  );
}

function Numbers({ desk: { mine, unowned, partnersLate, endsProposed } }: { desk: Desk }) {
  const { t, i18n } = useTranslation();
  const numbers = [
    [mine.open, t('desk.open')],
    [mine.waiting, t('desk.waiting')],
    [mine.resolved, t('desk.resolved')],
    [unowned.total, t('desk.unownedCount')],
    [partnersLate, t('desk.partnersLate')],
    [endsProposed, t('desk.endsProposed')],
  ] as const;
  return (
    <Panel title={t('desk.now')}>
      <div className="panel-body desk-numbers">
        {numbers.map(([count, words]) => (
          <div key={words}>
            <b>{sayNumber(count, i18n.language)}</b>
            <span>{words}</span>
          </div>
        ))}
      </div>
    </Panel>
  );
}

function Tasks({ tasks }: { tasks: Desk['tasks'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('desk.tasks')} count={tasks.length}>
      {tasks.length === 0 && <EmptyNote>{t('desk.tasksNone')}</EmptyNote>}
      <ul>
        {tasks.map(({ reference, task }) => {
          const { text: todo } = task;
          const late = task.dueAt !== null && Date.parse(task.dueAt) < Date.now();
          return (
            <li key={task.id} className="desk-line" data-row={`task-${task.id}`}>
              <RowLink to={`/cases/${encodeURIComponent(reference)}`} className="desk-link">
                <Words>{todo}</Words>
              </RowLink>
              <span className="row wrap small faint">
                <span className="mono">{reference}</span>
                {task.dueAt && (
                  <span className={late ? 'is-bad' : undefined}>
                    {t(late ? 'case.tasks.late' : 'case.clocks.due')} <Time at={task.dueAt} />
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

const DRAFTS = ['message', 'ask', 'note'] as const;

function Drafts({ drafts }: { drafts: Desk['drafts'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('desk.drafts')} count={drafts.length}>
      <ul>
        {drafts.map(({ caseId, reference, kind, at }) => (
          <li key={`${caseId} ${kind}`} className="desk-line" data-row={`draft-${kind}-${caseId}`}>
            <RowLink to={`/cases/${encodeURIComponent(reference)}`} className="desk-link">
              {t(`desk.draft.${DRAFTS.find((one) => one === kind) ?? 'note'}`)}
            </RowLink>
            <span className="row wrap small faint">
              <span className="mono">{reference}</span>
              <Time at={at} show="ago" />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
