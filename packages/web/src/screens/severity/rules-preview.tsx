import type { SeverityRules } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../parts/loaded.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { Words } from '../../parts/user-content.tsx';
import { rulesPreview } from './severity-queries.ts';

/** What would become of the open issues, before anything is saved. */
export function RulesPreview({ rules }: { rules: SeverityRules }) {
  const { t, i18n } = useTranslation();
  const query = useQuery(rulesPreview(rules));
  const say = (value: number) => sayNumber(value, i18n.language);
  return (
    <Panel title={t('severity.rules.preview')}>
      <Loaded query={query} lines={2} isEmpty={() => false} empty="">
        {({ open, said, changed, issues }) => (
          <div className="panel-body stack">
            <p role="status">
              {t('severity.rules.would', { changed: say(changed), open: say(open) })}{' '}
              {said > 0 && t('severity.rules.saidStay', { said: say(said) })}
            </p>
            <ul className="severity-changes">
              {issues.map((issue) => (
                <li key={issue.id}>
                  <SeverityMark severity={issue.from} />
                  <span className="faint" aria-hidden="true">
                    <bdi>→</bdi>
                  </span>
                  <SeverityMark severity={issue.to} />
                  <Link to="/issues/$id" params={{ id: issue.key }} className="link slim">
                    <span className="mono">{issue.key}</span> <Words>{issue.title}</Words>
                  </Link>
                </li>
              ))}
            </ul>
            {changed > issues.length && (
              <p className="small faint">{t('severity.rules.andMore', { n: say(changed - issues.length) })}</p>
            )}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
