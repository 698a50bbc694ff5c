import type { PeopleCount } from '@groundswell/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Words } from '../../parts/user-content.tsx';

const SHOWN = 5;

/** People by one of their traits, the largest first. Who is in two values counts in both. */
export function PeopleBars({ title, counts, error }: { title: string; counts: readonly PeopleCount[]; error: number }) {
  const { t, i18n } = useTranslation();
  const [all, setAll] = useState(false);
  const top = Math.max(1, ...counts.map(({ people }) => people));
  const shown = all ? counts : counts.slice(0, SHOWN);
  const rest = counts.length - SHOWN;
  const nothingSaid = counts.every(({ value }) => value === null);
  return (
    <section>
      <h3 className="small faint">{title}</h3>
      {nothingSaid ? (
        <p className="small soft">{t('impact.noTrait')}</p>
      ) : (
        <ul className="people-bars">
          {shown.map(({ value, people }) => (
            <li key={value ?? ''}>
              <span className="clip">
                {value === null ? (
                  <span className="faint">{t('impact.unsaid')}</span>
                ) : value === 'other' ? (
                  <span className="faint">{t('impact.others')}</span>
                ) : (
                  <Words>{value}</Words>
                )}
              </span>
              <span className="share" aria-hidden="true">
                <i style={{ inlineSize: `${(people / top) * 100}%` }} />
              </span>
              <b>
                {error > 0 && '≈ '}
                {sayNumber(people, i18n.language)}
              </b>
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && !nothingSaid && (
        <Button small look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('impact.fewer') : t('impact.all', { n: counts.length })}
        </Button>
      )}
    </section>
  );
}
