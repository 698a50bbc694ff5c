import type { BatonView, CaseDetail } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { CaseStateMark, PriorityMark } from '../../parts/case-marks.tsx';
import { Time } from '../../parts/time.tsx';
import { Kept, Words } from '../../parts/user-content.tsx';

interface BatonBodyProps {
  baton: BatonView;
  kase: CaseDetail;
}

/** What the next one has to know: how it stands, who owes what until when, and what could go wrong. */
export function BatonBody({ baton, kase }: BatonBodyProps) {
  const { t } = useTranslation();
  const { summary, actions, risks } = baton.points;
  return (
    <div className="baton-body stack">
      <BatonFacts baton={baton} />
      {summary !== '' && (
        <p className="case-words read">
          <Kept>{summary}</Kept>
        </p>
      )}
      {actions.length > 0 && (
        <section className="stack tight">
          <h3 className="small faint">{t('baton.actions')}</h3>
          <ul className="baton-list">
            {actions.map(({ text, ownerId, dueAt }) => (
              <li key={`${text} ${ownerId} ${dueAt}`}>
                <span>
                  <Words>{text}</Words>
                </span>
                <span className="small faint row wrap">
                  <Whose id={ownerId} kase={kase} />
                  {dueAt && (
                    <span>
                      {t('case.clocks.due')} <Time at={dueAt} />
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {risks.length > 0 && (
        <section className="stack tight">
          <h3 className="small faint">{t('baton.risks')}</h3>
          <dl className="baton-risks">
            {risks.map(({ what, plan }) => (
              <div key={`${what} ${plan}`}>
                <dt>
                  <Words>{what}</Words>
                </dt>
                <dd>
                  <Words>{plan}</Words>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

function Whose({ id, kase }: { id: string | null; kase: CaseDetail }) {
  const { t } = useTranslation();
  const name = kase.colleagues.find((one) => one.id === id)?.name;
  if (name !== undefined) return <Words>{name}</Words>;
  return <span>{t(id === null ? 'triage.nobody' : 'baton.somebody')}</span>;
}

/** From the record, not from memory. */
function BatonFacts({ baton: { facts } }: { baton: BatonView }) {
  const { t } = useTranslation();
  const count = facts.events.reduce((sum, { times }) => sum + times, 0);
  return (
    <p className="row wrap small">
      <PriorityMark priority={`P${facts.priority as 0 | 1 | 2 | 3 | 4}`} />
      <CaseStateMark state={facts.state} />
      <span className="faint">
        {t('baton.happened', { count })} <Time at={facts.since} />
      </span>
      {facts.clock && (
        <span>
          {t(`caseMark.metric.${facts.clock.metric as 'resolution'}`)} {t('case.clocks.due')}{' '}
          <Time at={facts.clock.dueAt} />
        </span>
      )}
    </p>
  );
}
