import { HARM_CODES, HARMS, type HarmCode, proposeSeverity } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../parts/page.tsx';

const FLOORS = [0, 1, 2, 3, 4] as const;

const madeOf = (harm: HarmCode) => proposeSeverity({ people: null, per1000: null, growth: null, over: false, harm });

/** The least that a kind of harm counts for. Fixed here, so that no count of people and none of followers lowers it. */
export function HarmFloors() {
  const { t } = useTranslation();
  return (
    <Panel title={t('severity.rules.floors')} aside={<span className="no-phone">{t('severity.rules.floorsWhy')}</span>}>
      <ul className="panel-body severity-floors">
        {FLOORS.map((floor) => {
          const harms = HARM_CODES.filter((code) => HARMS[code][0] === floor);
          return (
            harms.length > 0 && (
              <li key={floor}>
                <details>
                  <summary>
                    <b dir="ltr">P{floor}</b>{' '}
                    {t('severity.rules.floorIs', {
                      level: t(`severity.impact.${madeOf(harms[0]!).impact}`),
                      n: harms.length,
                    })}
                    {floor <= 1 && ` ${t('severity.rules.noWait')}`}
                  </summary>
                  <ul className="row wrap">
                    {harms.map((code) => (
                      <li key={code} className="chip">
                        {t(`harm.${code}`)}
                      </li>
                    ))}
                  </ul>
                </details>
              </li>
            )
          );
        })}
      </ul>
    </Panel>
  );
}
