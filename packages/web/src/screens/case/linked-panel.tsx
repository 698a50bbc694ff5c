import { type CaseDetail, type CaseIssue, type CaseLink, declineEnd, unlinkCase } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../parts/button.tsx';
import { CaseStateMark } from '../../parts/case-marks.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { IssueStatus } from '../../parts/status.tsx';
import { Words } from '../../parts/user-content.tsx';
import type { Asked } from './case-dialogs.tsx';
import { useCaseAct } from './case-queries.ts';
import { casePath } from './case-walk.ts';

/** Issues and cases beside it. An issue that has ended proposes that this case may too, and does nothing by itself. */
export function LinkedPanel({ kase, ask }: { kase: CaseDetail; ask: (dialog: Asked) => void }) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const may = kase.can.includes('change');
  const unlink = (body: { issue: string } | { case: string }) =>
    act.mutate(() => call(unlinkCase, { params: { id: kase.id }, body }));
  const decline = (issue: string) => act.mutate(() => call(declineEnd, { params: { id: kase.id, part: issue } }));
  return (
    <Panel
      title={t('case.linked.title')}
      count={kase.issues.length + kase.links.length}
      aside={
        may && (
          <Button small onClick={() => ask('link')}>
            {t('case.act.link')} <KeyHint of="case.link" />
          </Button>
        )
      }
    >
      <div className="panel-body stack">
        {kase.issues.length + kase.links.length === 0 && <p className="faint">{t('case.linked.none')}</p>}
        <ul className="case-linked">
          {kase.issues.map((issue) => (
            <IssueLine
              key={issue.id}
              issue={issue}
              may={may}
              onUnlink={() => unlink({ issue: issue.id })}
              onDecline={() => decline(issue.id)}
              onEnd={kase.can.includes('resolve') ? () => ask('resolve') : null}
            />
          ))}
          {kase.links.map((link) => (
            <LinkLine
              key={`${link.kind} ${link.id}`}
              link={link}
              may={may}
              onUnlink={() => unlink({ case: link.id })}
            />
          ))}
        </ul>
        {act.isError && <ErrorNote error={act.error} />}
      </div>
    </Panel>
  );
}

interface IssueLineProps {
  issue: CaseIssue;
  may: boolean;
  onUnlink: () => void;
  onDecline: () => void;
  onEnd: (() => void) | null;
}

function IssueLine({ issue, may, onUnlink, onDecline, onEnd }: IssueLineProps) {
  const { t } = useTranslation();
  return (
    <li>
      <span className="row wrap">
        <Link to="/issues/$id" params={{ id: issue.key }} className="link">
          <span className="mono">{issue.key}</span> <Words>{issue.title}</Words>
        </Link>
        <IssueStatus state={issue.state} />
        {may && (
          <Button
            small
            look="quiet"
            icon="x"
            aria-label={t('case.linked.remove', { what: issue.key })}
            onClick={onUnlink}
          />
        )}
      </span>
      {issue.proposed && (
        <span className="row wrap small">
          <b>{t('case.linked.proposed')}</b>
          {onEnd && (
            <Button small onClick={onEnd}>
              {t('case.act.resolve')}
            </Button>
          )}
          {may && (
            <Button small look="quiet" onClick={onDecline}>
              {t('case.linked.goesOn')}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

function LinkLine({ link, may, onUnlink }: { link: CaseLink; may: boolean; onUnlink: () => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <span className="row wrap">
        <span className="small faint">{t(`case.linked.kind.${link.kind}`)}</span>
        <RowLink to={casePath(link.reference, undefined)} className="link">
          <span className="mono">{link.reference}</span>
        </RowLink>
        <CaseStateMark state={link.state} />
        {may && link.kind === 'related' && (
          <Button
            small
            look="quiet"
            icon="x"
            aria-label={t('case.linked.remove', { what: link.reference })}
            onClick={onUnlink}
          />
        )}
      </span>
    </li>
  );
}
