import type { DebriefIncident } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sayNumber, sayShare, saySpan } from '../../parts/numbers.ts';
import { Pill } from '../../parts/status.tsx';
import { SliceWords } from '../../parts/surge.tsx';
import { Time } from '../../parts/time.tsx';

/** One incident: what was true, whom it hurt, what the product said when, what people did. */
export function DebriefRow({ one, drill }: { one: DebriefIncident; drill: boolean }) {
  const { t, i18n } = useTranslation();
  const say = (n: number) => sayNumber(n, i18n.language);
  return (
    <tr>
      <td className="stack-cell">
        <b lang="en">
          <bdi>{one.what}</bdi>
        </b>
        <span className="small soft">
          {t('debrief.began')} <Time at={one.onsetAt} />
          {one.fixedAt && (
            <>
              {' · '}
              {t('debrief.fixed')} <Time at={one.fixedAt} />
            </>
          )}
          {one.confidential && ` · ${t('debrief.confidential')}`}
        </span>
        {one.cause && (
          <span className="small faint" lang="en">
            <bdi>{t('debrief.cause', { cause: one.cause })}</bdi>
          </span>
        )}
      </td>
      <td className="small">
        {one.isIncident
          ? t('debrief.hurt', { affected: say(one.affected), count: one.wrote, wrote: say(one.wrote) })
          : t('debrief.nobody')}
      </td>
      <td className="stack-cell small">
        <Found one={one} />
      </td>
      <td className="stack-cell small">
        <Deeds one={one} drill={drill} />
      </td>
    </tr>
  );
}

function Found({ one }: { one: DebriefIncident }) {
  const { t, i18n } = useTranslation();
  const { found } = one;
  if (!one.isIncident) {
    return found ? (
      <Pill tone="warn" icon="warn">
        {t('debrief.falseAlarm')}
      </Pill>
    ) : (
      <Pill tone="good" icon="checkCircle">
        {t('debrief.rightlyQuiet')}
      </Pill>
    );
  }
  if (one.signals === 0) return <span className="faint">{t('debrief.unheard')}</span>;
  if (!found) {
    return (
      <>
        <Pill tone="bad" icon="x">
          {t('debrief.missed')}
        </Pill>
        <span className="faint">{t('debrief.missedOf', { count: one.signals })}</span>
      </>
    );
  }
  const percent = (share: number) => sayShare(share, i18n.language);
  return (
    <>
      <span className="row wrap">
        <Pill tone="good" icon="checkCircle">
          {t('debrief.foundAfter', { count: found.afterSignals })}
        </Pill>
        <Link to="/issues/$id" params={{ id: found.issueKey }} className="link">
          {found.issueKey}
        </Link>
      </span>
      <span className="faint">
        {t('debrief.delay', { time: saySpan(Math.round(found.delayMs / 60_000) * 60, i18n.language) })}
        {' · '}
        {t('debrief.members', { precision: percent(found.precision), recall: percent(found.recall) })}
      </span>
      {found.slice && (
        <span className="faint">
          {t('debrief.where')} <SliceWords slice={found.slice} />
        </span>
      )}
      {found.issueKeys.length > 1 && (
        <span className="faint">{t('debrief.alsoAs', { count: found.issueKeys.length - 1 })}</span>
      )}
    </>
  );
}

function Deeds({ one, drill }: { one: DebriefIncident; drill: boolean }) {
  const { t } = useTranslation();
  const { noticedAt, actedAt } = one;
  if (!noticedAt && !actedAt) {
    return <span className="faint">{t(drill && one.isIncident ? 'debrief.unseen' : 'debrief.nobodyDid')}</span>;
  }
  return (
    <>
      {noticedAt && (
        <span>
          {t('debrief.noticed')} <Time at={noticedAt} />
        </span>
      )}
      {actedAt && (
        <span>
          {t('debrief.acted')} <Time at={actedAt} />
        </span>
      )}
    </>
  );
}
