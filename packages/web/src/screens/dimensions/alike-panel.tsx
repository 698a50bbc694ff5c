import { Fragment, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Words } from '../../parts/user-content.tsx';
import { Said } from './cap-warnings.tsx';
import { useMerge } from './dimension-queries.ts';
import type { Answer } from './dimension-screen.tsx';

interface AlikePanelProps {
  alike: Answer['alike'];
  place: { compartment: string; name: string };
}

const FEW = 3;
const SPELT_OUT = 5;

/** Values that differ only in how they are written, each group one press away from being one. */
export function AlikePanel({ alike, place }: AlikePanelProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const merge = useMerge(place);
  const shown = all ? alike : alike.slice(0, FEW);
  return (
    <Panel title={t('dictionary.alike')} count={alike.length} aside={t('dictionary.alikeWhy')}>
      <ul className="alike">
        {shown.map((one) => (
          <li key={one.to}>
            <p>
              <Spellings from={one.from} />{' '}
              <Trans
                t={t}
                i18nKey="dictionary.alikeAs"
                values={{ rows: t('dictionary.rowCount', { count: one.rows }) }}
                components={{ to: <Target word={one.to} /> }}
              />
            </p>
            <Button
              small
              icon="merge"
              busy={merge.isPending && merge.variables.to === one.to}
              onClick={() => merge.mutate({ from: one.from, to: one.to })}
            >
              {t('dictionary.mergeDo')}
            </Button>
          </li>
        ))}
      </ul>
      {merge.isError && <ErrorNote error={merge.error} />}
      {alike.length > FEW && (
        <p className="alike-more">
          <button type="button" className="link small" onClick={() => setAll(!all)}>
            {all ? t('facet.fewer') : t('facet.more', { count: alike.length - FEW })}
          </button>
        </p>
      )}
    </Panel>
  );
}

function Target({ word }: { word: string }) {
  return (
    <b>
      <Said word={word} />
    </b>
  );
}

function Spellings({ from }: { from: readonly string[] }) {
  const { t } = useTranslation();
  const rest = from.length - SPELT_OUT;
  return (
    <>
      {from.slice(0, SPELT_OUT).map((value, index) => (
        <Fragment key={value}>
          {index > 0 && ', '}
          <b>
            <Words>{value}</Words>
          </b>
        </Fragment>
      ))}
      {rest > 0 && ` ${t('dictionary.andMore', { count: rest })}`}
    </>
  );
}
