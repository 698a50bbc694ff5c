import type { Concentration, IssueDetail } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayRatio, sayShare } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { DimensionName } from '../../parts/surge.tsx';
import { Words } from '../../parts/user-content.tsx';

/** Which values of which dimensions stand out, and which do not: both sides of the question, tested against chance. */
export function WhereItIs({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  const { where } = issue;
  if (where === null) {
    return (
      <Panel title={t('where.title')}>
        <EmptyNote tone="unknown">{t('where.noDimensions')}</EmptyNote>
      </Panel>
    );
  }
  const here = where.here.filter((one) => one.stands);
  return (
    <Panel
      title={t('where.title')}
      aside={<span className="no-phone">{t('where.tested', { count: where.tested })}</span>}
    >
      <div className="where">
        <ol className="where-here">
          <li className="where-head small faint">
            {t('where.here')} <span>{t('where.share')}</span>
          </li>
          {here.length === 0 && <li className="soft">{t('where.nowhere')}</li>}
          {here.map((one) => (
            <Here key={`${one.dimension}:${one.value}`} one={one} topicId={issue.topicId} from={issue.surge.onsetAt} />
          ))}
        </ol>
        <ul className="where-not">
          <li className="where-head small faint">
            {t('where.notHere')} <span>{t('where.lift')}</span>
          </li>
          {where.notHere.length === 0 && <li className="soft">{t('where.everywhere')}</li>}
          {where.notHere.map((one) => (
            <NotHere key={`${one.dimension}:${one.value}`} one={one} />
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function Here({ one, topicId, from }: { one: Concentration; topicId: string; from: string }) {
  const { t, i18n } = useTranslation();
  const share = (value: number) => sayShare(value, i18n.language);
  return (
    <li>
      <Link
        to="/signals"
        search={{ topic: topicId, d: [`${one.dimension}:${one.value}`], from, to: new Date().toISOString() }}
        className="where-line"
      >
        <span>
          <DimensionName name={one.dimension} />{' '}
          <b>
            <Words>{one.value}</Words>
          </b>
        </span>
        <b className="end is-excess">{share(one.share)}</b>
        <span className="share" aria-hidden="true">
          <i style={{ inlineSize: `${one.share * 100}%` }} />
          <u style={{ insetInlineStart: `${Math.min(1, one.usualShare) * 100}%` }} />
        </span>
        <span className="small faint end nowrap">
          {t('where.range', { low: share(one.low), high: share(one.high) })}
        </span>
        <span className="small faint where-usual">
          {t('where.usually', { share: share(one.usualShare), lift: sayRatio(one.lift, i18n.language) })}
        </span>
      </Link>
    </li>
  );
}

function NotHere({ one }: { one: Concentration }) {
  const { i18n } = useTranslation();
  return (
    <li className="row top">
      <Icon name="dash" small />
      <span>
        <DimensionName name={one.dimension} /> <Words>{one.value}</Words>
      </span>
      <span className="push small faint nowrap">{sayRatio(one.lift, i18n.language)}</span>
    </li>
  );
}
