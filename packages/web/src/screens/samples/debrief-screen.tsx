import { type DebriefIncident, Refusal, type ReplyOf, type readDebrief } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { worldHere } from '../../api/world.ts';
import { FailedPage } from '../../parts/failed-page.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { sayRefusal } from '../../parts/refusal-words.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { DayPicture } from './day-picture.tsx';
import { debrief } from './debrief-queries.ts';
import { DebriefRow } from './debrief-row.tsx';
import { OtherIssues } from './other-issues.tsx';
import './samples.css';

export type Debrief = ReplyOf<typeof readDebrief>;

/** Whoever has played a day: what was planted in it, what the product found when, and what people did. */
export function DebriefScreen() {
  const { t, i18n } = useTranslation();
  const number = worldHere();
  const query = useQuery(debrief(number ?? 0));
  if (number === null)
    return (
      <Page title={t('debrief.title')} state={t('debrief.onlyInWorld')}>
        {null}
      </Page>
    );
  if (query.error instanceof Refusal && query.error.code === 'world.truth_hidden') {
    return (
      <Page title={t('debrief.title')}>
        <EmptyNote tone="unknown">{sayRefusal(query.error, t, i18n.language)}</EmptyNote>
      </Page>
    );
  }
  if (query.isError && !query.data) {
    return <FailedPage title={t('debrief.title')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <Loaded query={query} isEmpty={() => false} empty={null} lines={10}>
      {(answer) => <Filled answer={answer} />}
    </Loaded>
  );
}

function Filled({ answer }: { answer: Debrief }) {
  const { t } = useTranslation();
  const { incidents, others, notes, world } = answer;
  const ofDay = incidents.filter((one) => !one.historical);
  const before = incidents.filter((one) => one.historical);
  return (
    <Page big title={t('debrief.title')} heading={<Finding ofDay={ofDay} others={others} />} state={t('debrief.lead')}>
      <div className="stack wide">
        <Panel title={t('debrief.day')} aside={t('debrief.legend')}>
          {ofDay.length === 0 ? (
            <EmptyNote>{t('debrief.nothingYet')}</EmptyNote>
          ) : (
            <DayPicture
              incidents={ofDay}
              hours={answer.hours}
              notes={notes}
              from={world.dayFrom}
              to={world.dayTo}
              playedTo={world.playedTo}
            />
          )}
          <Table incidents={ofDay} drill={world.kind === 'drill'} />
        </Panel>
        {notes.length > 0 && <Notes notes={notes} />}
        {before.length > 0 && (
          <Panel title={t('debrief.before')} aside={t('debrief.beforeWhy')}>
            <Table incidents={before} drill={world.kind === 'drill'} />
          </Panel>
        )}
        <OtherIssues others={others} />
      </div>
    </Page>
  );
}

/** One sentence that can be read aloud: how much was found, how soon, and how often for nothing. */
function Finding({ ofDay, others }: { ofDay: readonly DebriefIncident[]; others: Debrief['others'] }) {
  const { t, i18n } = useTranslation();
  const real = ofDay.filter((one) => one.isIncident && one.signals > 0); // nothing can be found that nobody told
  const found = real.filter((one) => one.found !== null);
  const after = found.map((one) => one.found!.afterSignals).sort((a, b) => a - b);
  const wrong = others.filter((one) => !one.historical).length;
  if (real.length === 0) return t('debrief.finding.none');
  const say = (n: number) => sayNumber(n, i18n.language);
  return (
    <>
      {t('debrief.finding.found', { found: say(found.length), count: real.length, total: say(real.length) })}{' '}
      {after.length > 0 && t('debrief.finding.after', { count: after[Math.floor(after.length / 2)] })}{' '}
      {t('debrief.finding.wrong', { count: wrong })}
    </>
  );
}

function Table({ incidents, drill }: { incidents: readonly DebriefIncident[]; drill: boolean }) {
  const { t } = useTranslation();
  if (incidents.length === 0) return null;
  const heads = ['planted', 'hurt', 'found', 'people'] as const;
  return (
    <table className="debrief" aria-label={t('debrief.table')}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" key={head}>
              {t(`debrief.head.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {incidents.map((one) => (
          <DebriefRow key={one.id} one={one} drill={drill} />
        ))}
      </tbody>
    </table>
  );
}

function Notes({ notes }: { notes: Debrief['notes'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('debrief.notes')}>
      <ul>
        {notes.map((note) => (
          <li key={note.at} className="debrief-note">
            <Time at={note.at} /> <Words>{note.said}</Words>{' '}
            <span className="faint small">
              <Words>{note.by}</Words>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
