import { type MantineColorScheme, Switch, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Segments } from '../../parts/button.tsx';
import { LanguageChoice } from '../../parts/language-choice.tsx';
import { useDensity } from '../../parts/look.ts';
import { Panel } from '../../parts/page.tsx';

const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

export function LookPanel() {
  const { t } = useTranslation();
  const scheme = useMantineColorScheme();
  const density = useDensity();
  return (
    <Panel title={t('me.look')}>
      <div className="panel-body stack">
        <p className="small faint">{t('mine.lookWhy')}</p>
        <div>
          <Segments
            label={t('me.look')}
            value={scheme.colorScheme}
            options={SCHEMES.map((value) => ({ value, label: t(`me.scheme.${value}`) }))}
            onChange={scheme.setColorScheme}
          />
        </div>
        <Switch checked={density.compact} onChange={density.toggle} label={t('me.compact')} />
        <div className="stack tight">
          <span aria-hidden="true">{t('me.language')}</span>
          <div>
            <LanguageChoice />
          </div>
        </div>
      </div>
    </Panel>
  );
}
