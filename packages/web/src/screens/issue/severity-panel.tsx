import type { IssueDetail, IssueImpact } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/page.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import './impact.css';
import { impact } from './impact-queries.ts';
import { SeverityDialog } from './severity-dialog.tsx';
import { SeverityWhy } from './severity-why.tsx';

/** How grave it is, why the table says so, and who said otherwise. */
export function SeverityPanel({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  const query = useQuery(impact(issue.id));
  return (
    <Panel
      className="severity-panel"
      title={t('severity.title')}
      aside={
        <Link to="/severity" className="link">
          {t('severity.toTable')}
        </Link>
      }
    >
      <Loaded query={query} lines={3} isEmpty={() => false} empty="">
        {(known) => <Grave issue={issue} known={known} />}
      </Loaded>
    </Panel>
  );
}

function Grave({ issue, known }: { issue: IssueDetail; known: IssueImpact }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { said, proposed } = known;
  const may = known.can.includes('decide');
  const ask = () => setOpen(true);
  const label = t(said ? 'severity.change' : 'severity.override');
  useActs(may ? [{ label, run: ask, shortcut: 'issue.severity' }] : []);
  useKeys(may ? [{ name: 'issue.severity', label: t(SHORTCUTS['issue.severity'].words), run: ask }] : []);
  const counts = said?.severity ?? proposed.severity;
  return (
    <div className="panel-body stack">
      <div className="severity-head">
        <SeverityMark severity={counts} said={said !== null} />
        {may && (
          <Button small icon="pen" onClick={ask}>
            {label} <KeyHint of="issue.severity" />
          </Button>
        )}
      </div>
      <p className="soft">{t(`severity.means.${counts}`)}</p>
      {said && (
        <div className="issue-note stack tight">
          <Words>{said.reason}</Words>
          <span className="small faint">
            {said.by ?? t('history.engine')} · <Time at={said.at} show="full" />
          </span>
        </div>
      )}
      <SeverityWhy proposed={proposed} instead={said !== null} />
      {open && <SeverityDialog issue={issue} known={known} onClose={() => setOpen(false)} />}
    </div>
  );
}
