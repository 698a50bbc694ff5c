import { HARMS, type IssueDetail, type IssueImpact } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { CohortDialog } from './cohort-dialog.tsx';
import { HarmDialog } from './harm-dialog.tsx';
import './impact.css';
import { ImpactNumbers } from './impact-numbers.tsx';
import { impact } from './impact-queries.ts';
import { PeopleBars } from './people-bars.tsx';

/** People, not tickets: how many, which, how fast, how many more than wrote in. What cannot be counted is said plainly. */
export function ImpactPanel({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  const query = useQuery(impact(issue.id));
  return (
    <Panel title={t('impact.title')} aside={<span className="no-phone">{t('impact.why')}</span>}>
      <Loaded query={query} lines={5} isEmpty={() => false} empty="">
        {(known) => <Known issue={issue} known={known} />}
      </Loaded>
      <BySource issue={issue} />
    </Panel>
  );
}

function Known({ issue, known }: { issue: IssueDetail; known: IssueImpact }) {
  const { t } = useTranslation();
  return (
    <>
      <ImpactNumbers issue={issue} known={known} />
      {(known.tiers.length > 0 || known.countries.length > 0) && (
        <div className="impact-lists">
          <PeopleBars title={t('impact.tiers')} counts={known.tiers} error={known.error} />
          <PeopleBars title={t('impact.countries')} counts={known.countries} error={known.error} />
        </div>
      )}
      <SaidOfIt issue={issue} known={known} />
    </>
  );
}

/** Of these it is no longer asked whom they hurt: they were none, or are told elsewhere. */
const NO_COHORT: ReadonlySet<string> = new Set(['dismissed', 'duplicate']);
const CLOSED: ReadonlySet<string> = new Set(['verified', 'risk_accepted']);

/** What only people know: which harm it is, and who was hurt in all. */
function SaidOfIt({ issue, known }: { issue: IssueDetail; known: IssueImpact }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState<'harm' | 'cohort' | null>(null);
  const may = known.can.includes('decide');
  const ended = CLOSED.has(issue.state) || issue.surge.trend === 'over';
  const mayCohort = may && (known.cohort !== null || (ended && !NO_COHORT.has(issue.state)));
  const askHarm = () => setOpen('harm');
  useKeys(may ? [{ name: 'issue.harm', label: t(SHORTCUTS['issue.harm'].words), run: askHarm }] : []);
  const { cohort, harm } = known;
  return (
    <div className="impact-said">
      <div className="impact-line">
        <span className="faint">{t('impact.harm')}</span>
        <span>
          {harm === null ? t('impact.noHarm') : t(`harm.${harm}`)}{' '}
          {harm !== null && (
            <span className="small faint">· {t('impact.floorShort', { floor: `P${HARMS[harm][0]}` })}</span>
          )}
        </span>
        {may && (
          <Button small icon="pen" onClick={askHarm}>
            {t(harm === null ? 'impact.sayHarm' : 'impact.changeHarm')} <KeyHint of="issue.harm" />
          </Button>
        )}
      </div>
      <div className="impact-line">
        <span className="faint">{t('impact.cohort')}</span>
        {cohort === null ? (
          <span>{t(ended || !may ? 'impact.noCohort' : 'impact.cohortLater')}</span>
        ) : (
          <span>
            {t('impact.cohortIs', {
              people: sayNumber(
                cohort.segments.reduce((sum, { people }) => sum + people, 0),
                i18n.language,
              ),
              wrote: sayNumber(
                cohort.segments.reduce((sum, { wrote }) => sum + wrote, 0),
                i18n.language,
              ),
            })}{' '}
            <span className="small faint">
              <Words>{cohort.source}</Words> · {cohort.by ?? t('history.engine')} · <Time at={cohort.at} show="day" />
            </span>
          </span>
        )}
        {mayCohort && (
          <Button small icon="pen" onClick={() => setOpen('cohort')}>
            {t(cohort === null ? 'impact.sayCohort' : 'impact.changeCohort')}
          </Button>
        )}
      </div>
      {open === 'harm' && <HarmDialog issue={issue} known={known} onClose={() => setOpen(null)} />}
      {open === 'cohort' && <CohortDialog issue={issue} known={known} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Signals, not people: one person may stand behind several. */
function BySource({ issue }: { issue: IssueDetail }) {
  const { t, i18n } = useTranslation();
  const top = Math.max(1, ...issue.sources.map((source) => source.signals));
  return (
    <table className="who">
      <caption className="unseen">{t('who.bySource')}</caption>
      <thead>
        <tr>
          <th>{t('source.one')}</th>
          <th className="end">{t('source.signals')}</th>
          <th aria-label={t('who.bar')} className="no-phone" />
        </tr>
      </thead>
      <tbody>
        {issue.sources.map((source) => (
          <tr key={source.id}>
            <td>
              <Words>{source.name}</Words>
            </td>
            <td className="end">
              <b>{sayNumber(source.signals, i18n.language)}</b>
            </td>
            <td className="no-phone who-bar">
              <span className="share" aria-hidden="true">
                <i style={{ inlineSize: `${(source.signals / top) * 100}%` }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
