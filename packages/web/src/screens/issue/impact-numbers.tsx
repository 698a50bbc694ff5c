import type { IssueDetail, IssueImpact } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sayNumber, sayShare } from '../../parts/numbers.ts';

/** Four numbers, each with what it is of and how sure it is; or why there is none. */
export function ImpactNumbers({ issue, known }: { issue: IssueDetail; known: IssueImpact }) {
  return (
    <dl className="impact-numbers">
      <Authors issue={issue} known={known} />
      <Contact known={known} />
      <Growth known={known} />
      <Silent known={known} />
    </dl>
  );
}

function useSay() {
  const { i18n } = useTranslation();
  return (value: number) => sayNumber(value, i18n.language, Math.abs(value) < 10 && value % 1 !== 0 ? 2 : 0);
}

function Figure({ name, value, children }: { name: string; value: string | null; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value !== null && <b>{value}</b>}
        <span>{children}</span>
      </dd>
    </div>
  );
}

function Authors({ issue, known }: { issue: IssueDetail; known: IssueImpact }) {
  const { t, i18n } = useTranslation();
  const say = useSay();
  const { people, error, nameless } = known;
  if (people === null) {
    return (
      <Figure name={t('impact.people')} value={null}>
        {t('who.noAuthors')}
      </Figure>
    );
  }
  const signals = t('signals.count', { count: issue.signals });
  return (
    <Figure name={t('impact.people')} value={error > 0 ? `≈ ${say(people)}` : say(people)}>
      {error > 0
        ? t('impact.estimated', { signals, error: sayShare(error, i18n.language) })
        : t('impact.exact', { signals })}
      {nameless > 0 && ` ${t('impact.nameless', { n: say(nameless) })}`}
    </Figure>
  );
}

function Contact({ known: { contact, people } }: { known: IssueImpact }) {
  const { t } = useTranslation();
  const say = useSay();
  if (contact === null) {
    return (
      <Figure name={t('impact.contact')} value={null}>
        {t(people === null ? 'impact.noContactPeople' : 'impact.noContact')}{' '}
        {people !== null && (
          <Link to="/changes" className="link">
            {t('impact.toUsers')}
          </Link>
        )}
      </Figure>
    );
  }
  return (
    <Figure name={t('impact.contact')} value={say(contact.per1000)}>
      {t('impact.contactOf', {
        low: say(contact.low),
        high: say(contact.high),
        active: say(Math.round(contact.active)),
        days: contact.days,
      })}
    </Figure>
  );
}

function Growth({ known: { growth } }: { known: IssueImpact }) {
  const { t } = useTranslation();
  const say = useSay();
  if (growth === null) {
    return (
      <Figure name={t('impact.growth')} value={null}>
        {t('impact.noGrowth')}
      </Figure>
    );
  }
  return (
    <Figure name={t('impact.growth')} value={t('impact.times', { value: say(growth.ratio) })}>
      {t('impact.growthOf', {
        last: say(growth.last),
        before: say(growth.before),
        low: say(growth.low),
        high: say(growth.high),
      })}
    </Figure>
  );
}

function Silent({ known: { silent, past } }: { known: IssueImpact }) {
  const { t } = useTranslation();
  const say = useSay();
  if (silent === null) {
    return (
      <Figure name={t('impact.silent')} value={null}>
        {past.known === 0 ? t('impact.noSilent') : t('impact.fewSilent', past)}
      </Figure>
    );
  }
  const { low, median, high } = silent.people;
  return (
    <Figure name={t('impact.silent')} value={`≈ ${say(Math.round(median))}`}>
      {t('impact.silentOf', { low: say(Math.round(low)), high: say(Math.round(high)), issues: silent.pastIssues })}
    </Figure>
  );
}
