import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { worldHere, worldPath } from '../../api/world.ts';
import { useOpenWorld, worlds } from '../../api/world-queries.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';

const FASTEST = 600;

/** For whoever wants to see before they send anything: a day of an invented platform. Not shown inside one. */
export function SamplePanel({ first = false }: { first?: boolean }) {
  const { t } = useTranslation();
  const query = useQuery({ ...worlds(), enabled: worldHere() === null });
  const open = useOpenWorld((opened) => globalThis.location.assign(worldPath(opened.number)));
  const mine = query.data?.worlds.find((one) => one.mine);
  if (worldHere() !== null || !query.data?.can.includes('open')) return null;
  return (
    <Panel className="step sample-step">
      <Icon name="flask" />
      <h2>{t('home.sample')}</h2>
      <p className="soft">{t('home.sampleWhy')}</p>
      <div className="row wrap">
        {mine ? (
          <a className={`btn${first ? ' go' : ''}`} href={worldPath(mine.number)}>
            {t('home.sampleEnter', { number: mine.number })}
          </a>
        ) : (
          <Button
            look={first ? 'go' : 'plain'}
            busy={open.isPending || open.isSuccess}
            onClick={() => open.mutate({ kind: 'sample', speed: FASTEST })}
          >
            {t('home.sampleDo')}
          </Button>
        )}
        <Link to="/samples" className="link">
          {t('home.sampleMore')}
        </Link>
      </div>
      {open.isError && <ErrorNote error={open.error} />}
    </Panel>
  );
}
