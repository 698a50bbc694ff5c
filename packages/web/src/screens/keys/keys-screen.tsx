import { Switch } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { useKeyLayer } from '../../parts/keys.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import {
  changeKeys,
  conflictsOf,
  keysOf,
  onKeysChange,
  ownKeys,
  resetKeys,
  SHORTCUT_NAMES,
  SHORTCUTS,
  type ShortcutName,
} from '../../parts/shortcuts.ts';
import { KeyField } from './key-field.tsx';
import './keys.css';

const WHERE = ['everywhere', 'shared', 'issues', 'issue', 'signals', 'dimension', 'changes', 'people'] as const;

/** Somebody whose hands, keyboard or screen reader wants other keys than the shipped ones, or none. */
export function KeysScreen() {
  const { t } = useTranslation();
  const { on, turn } = useKeyLayer();
  const own = useSyncExternalStore(onKeysChange, ownKeys);
  const changed = Object.keys(own).length;
  const [reset, setReset] = useState(false);
  return (
    <Page
      title={t('keys.pageTitle')}
      state={t('keys.pageWhy')}
      acts={
        <Button
          icon="back"
          disabled={changed === 0}
          onClick={() => {
            resetKeys();
            setReset(true);
          }}
        >
          {t('keys.reset')}
        </Button>
      }
    >
      <div className="stack wide">
        <Panel>
          <div className="panel-body">
            <Switch
              checked={on}
              onChange={(event) => turn(event.currentTarget.checked)}
              label={t('keys.switch')}
              description={t('keys.switchWhy')}
            />
          </div>
        </Panel>
        <p role="status" className={reset && changed === 0 ? 'small' : 'unseen'}>
          {reset && changed === 0 ? t('keys.wasReset') : ''}
        </p>
        {WHERE.map((where) => {
          const names = SHORTCUT_NAMES.filter((name) => SHORTCUTS[name].where === where);
          return (
            names.length > 0 && (
              <Panel key={where} title={t(`keys.where.${where}`)}>
                <ul className="key-lines">
                  {names.map((name) => (
                    <KeyLine key={name} name={name} />
                  ))}
                </ul>
              </Panel>
            )
          );
        })}
        <p className="small faint read">{t('keys.fixed')}</p>
      </div>
    </Page>
  );
}

function KeyLine({ name }: { name: ShortcutName }) {
  const { t } = useTranslation();
  const own = useSyncExternalStore(onKeysChange, ownKeys);
  const keys = keysOf(name, own);
  const words = useWords();
  const conflicts = conflictsOf(name, keys, own);
  const isOwn = name in own;
  return (
    <li>
      <span className="key-words">{words(name)}</span>
      <KeyField
        label={t('keys.keyFor', { what: words(name) })}
        keys={keys}
        onChange={(next) => changeKeys(name, next)}
      />
      <Switch
        size="xs"
        checked={keys !== ''}
        onChange={(event) => changeKeys(name, event.currentTarget.checked ? null : '')}
        aria-label={t('keys.useFor', { what: words(name) })}
      />
      <Button
        small
        look="quiet"
        disabled={!isOwn}
        aria-label={t('keys.shippedFor', { what: words(name), keys: SHORTCUTS[name].keys })}
        onClick={() => changeKeys(name, null)}
      >
        {t('keys.shipped')}
      </Button>
      {conflicts.length > 0 && (
        <p role="alert" className="is-warn small key-conflict">
          {t('keys.conflict', { others: conflicts.map(words).join(', ') })}
        </p>
      )}
    </li>
  );
}

/** A place is named by where its keys lead. */
function useWords() {
  const { t } = useTranslation();
  return (name: ShortcutName): string => {
    const words = t(SHORTCUTS[name].words);
    return name.startsWith('go.') ? t('keys.goTo', { place: words }) : words;
  };
}
