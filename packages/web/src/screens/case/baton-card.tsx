import { type BatonView, type CaseDetail, dropBaton, takeBackBaton } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Pill, type Tone } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Kept, Words } from '../../parts/user-content.tsx';
import { BatonBody } from './baton-body.tsx';
import { caseBatons, openOne } from './baton-queries.ts';
import type { Asked } from './case-dialogs.tsx';
import { useCaseAct } from './case-queries.ts';

interface BatonCardProps {
  kase: CaseDetail;
  ask: (dialog: Asked) => void;
}

/** A hand-over that waits stands before everything else; of the last one that was accepted, how it was said back. */
export function BatonCard({ kase, ask }: BatonCardProps) {
  const { data } = useQuery(caseBatons(kase.id));
  const open = openOne(data?.batons ?? []);
  const last = data?.batons.find(({ state }) => state === 'accepted');
  if (open) return <OpenBaton baton={open} kase={kase} ask={ask} />;
  return last ? <AcceptedBaton baton={last} kase={kase} /> : null;
}

const toneOf = ({ state, loud }: BatonView): Tone => (loud ? 'bad' : state === 'sent' ? 'warn' : 'idle');

function OpenBaton({ baton, kase, ask }: BatonCardProps & { baton: BatonView }) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const { id, version, can, loud, state } = baton;
  const run = (endpoint: typeof takeBackBaton | typeof dropBaton) => () =>
    act.mutate(() => call(endpoint, { params: { id }, body: { version } }));
  return (
    <Panel
      title={t('baton.title')}
      aside={
        <Pill tone={toneOf(baton)} icon={loud ? 'warn' : 'right'}>
          {t(loud ? 'baton.loud' : state === 'sent' ? 'baton.state.sent' : 'baton.state.draft')}
        </Pill>
      }
    >
      <div className="panel-body stack">
        <p className="small">
          <BatonRoute baton={baton} />
        </p>
        <BatonBody baton={baton} kase={kase} />
        <div className="row wrap">
          {can.includes('accept') && (
            <Button look="go" icon="check" onClick={() => ask('accept')}>
              {t('case.act.accept')} <KeyHint of="case.hand_over" />
            </Button>
          )}
          {can.includes('send') && (
            <Button look="go" onClick={() => ask('hand_over')}>
              {t('baton.goOn')} <KeyHint of="case.hand_over" />
            </Button>
          )}
          {can.includes('take_back') && (
            <Button busy={act.isPending} onClick={run(takeBackBaton)}>
              {t('baton.takeBack')}
            </Button>
          )}
          {can.includes('drop') && (
            <Button look="quiet" busy={act.isPending} onClick={run(dropBaton)}>
              {t('baton.drop')}
            </Button>
          )}
        </div>
        {act.isError && <ErrorNote error={act.error} />}
      </div>
    </Panel>
  );
}

/** From whom to whom, since when, and who is accountable as long as nobody has accepted. */
function BatonRoute({ baton: { sender, receiver, sentAt, draftedAt } }: { baton: BatonView }) {
  const { t } = useTranslation();
  const from = sender ? <Words>{sender.name}</Words> : t('triage.nobody');
  const to = receiver ? <Words>{receiver.name}</Words> : t('baton.anybody');
  return (
    <span className="row wrap">
      <span>{from}</span> <span aria-hidden="true">→</span> <span>{to}</span>
      <span className="faint">
        <Time at={sentAt ?? draftedAt} />
      </span>
      {sentAt !== null && sender && (
        <span className="faint">
          {t('baton.accountable')} <Words>{sender.name}</Words>
        </span>
      )}
    </span>
  );
}

function AcceptedBaton({ baton, kase }: { baton: BatonView; kase: CaseDetail }) {
  const { t } = useTranslation();
  const { sender, acceptedBy, acceptedAt, understood } = baton;
  return (
    <details className="panel baton-past">
      <summary className="row wrap">
        <Pill tone="good" icon="check">
          {t('baton.state.accepted')}
        </Pill>
        <span>
          {sender && <Words>{sender.name}</Words>} <span aria-hidden="true">→</span>{' '}
          {acceptedBy && <Words>{acceptedBy.name}</Words>}
        </span>
        {acceptedAt && (
          <span className="small faint">
            <Time at={acceptedAt} />
          </span>
        )}
      </summary>
      <div className="panel-body stack">
        {understood && (
          <div className="stack tight">
            <h3 className="small faint">{t('baton.saidBack')}</h3>
            <p className="case-note">
              <Kept>{understood}</Kept>
            </p>
          </div>
        )}
        <BatonBody baton={baton} kase={kase} />
      </div>
    </details>
  );
}
