import type { IssueComment, IssueDetail } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { triage, useComment, useSeen } from '../../api/triage-queries.ts';
import { useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote, ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { CommentForm } from './comment-form.tsx';
import type { Triage } from './triage-panel.tsx';

/** What colleagues say of it. Whoever has the page before them has read it. */
export function CommentsPanel({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  const query = useQuery(triage(issue.id));
  const exporting = useExport('comments', { id: issue.id });
  return (
    <Panel
      title={t('comment.title')}
      count={query.data?.comments.length}
      aside={query.data && query.data.comments.length > 0 && <ExportButton small exporting={exporting} />}
    >
      <Loaded query={query} lines={3} isEmpty={() => false} empty="">
        {(around) => <Said issue={issue} around={around} />}
      </Loaded>
    </Panel>
  );
}

function Said({ issue, around }: { issue: IssueDetail; around: Triage }) {
  const { t } = useTranslation();
  const form = useRef<HTMLTextAreaElement>(null);
  const comment = useComment(issue.id);
  const { mutate: markSeen } = useSeen();
  const upTo = `${around.comments.at(-1)?.id ?? 'nothing'} ${issue.version} ${issue.history.at(-1)?.id ?? ''}`;
  const follows = around.can.includes('follow');
  // with every further comment and change too
  useEffect(() => {
    if (follows && upTo) markSeen(issue.id);
  }, [follows, issue.id, upTo, markSeen]);
  const may = around.can.includes('comment');
  const write = () => form.current?.focus();
  useKeys(may ? [{ name: 'issue.comment', label: t('comment.key'), run: write }] : []);
  useActs(may ? [{ label: t('comment.key'), shortcut: 'issue.comment', run: write }] : []);
  return (
    <div className="panel-body stack wide">
      {around.comments.length === 0 && <EmptyNote>{t('comment.none')}</EmptyNote>}
      <ul className="comments">
        {around.comments.map((one) => (
          <Comment key={one.id} comment={one} issue={issue.id} people={around.people} />
        ))}
      </ul>
      {may && (
        <CommentForm
          field={form}
          people={around.people}
          busy={comment.isPending}
          error={comment.error}
          act={t('comment.write')}
          onDone={(text, mentions, done) => comment.mutate({ do: 'write', text, mentions }, { onSuccess: done })}
        />
      )}
    </div>
  );
}

interface CommentProps {
  comment: IssueComment;
  issue: string;
  people: Triage['people'];
}

function Comment({ comment, issue, people }: CommentProps) {
  const { t } = useTranslation();
  const order = useComment(issue);
  const [editing, setEditing] = useState(false);
  const { text: said } = comment; // a colleague's words, not a user's
  return (
    <li>
      <div className="row wrap small">
        <b>
          <Words>{comment.author.name}</Words>
        </b>
        <span className="faint">
          <Time at={comment.at} />
        </span>
        {comment.editedAt && said !== null && <span className="faint">{t('comment.edited')}</span>}
        {comment.unread && (
          <Pill tone="info" icon="bell">
            {t('comment.unread')}
          </Pill>
        )}
        <span className="push row">
          {comment.can.includes('edit') && !editing && (
            <Button small look="quiet" onClick={() => setEditing(true)}>
              {t('comment.edit')}
            </Button>
          )}
          {comment.can.includes('delete') && (
            <Button
              small
              look="quiet"
              busy={order.isPending}
              onClick={() => order.mutate({ do: 'delete', comment: comment.id })}
            >
              {t('comment.delete')}
            </Button>
          )}
        </span>
      </div>
      {order.isError && !editing && <ErrorNote error={order.error} />}
      {editing && said !== null ? (
        <CommentForm
          people={people}
          start={said}
          busy={order.isPending}
          error={order.error}
          act={t('comment.save')}
          onCancel={() => setEditing(false)}
          onDone={(text, mentions) =>
            order.mutate({ do: 'edit', comment: comment.id, text, mentions }, { onSuccess: () => setEditing(false) })
          }
        />
      ) : (
        <p className={said === null ? 'faint' : 'comment-text'}>
          {said === null ? t('comment.deleted') : <Words>{said}</Words>}
        </p>
      )}
    </li>
  );
}
