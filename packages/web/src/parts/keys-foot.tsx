import { Modal, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './keys-foot.css';
import { Caps } from './key-hint.tsx';
import { type Bound, useKeyLayer } from './keys.tsx';

/** The keys of this screen, at its foot. Not on phones, not when single keys are off. */
export function KeysFoot() {
  const { t } = useTranslation();
  const { bindings, on } = useKeyLayer();
  const here = byLabel(bindings.filter((binding) => binding.scope !== 'everywhere'));
  if (!on) return null;
  return (
    <ul className="keys-foot" aria-label={t('keys.hints')}>
      {[...here, { label: t('keys.all'), keys: ['?'] }].map((line) => (
        <li key={line.label}>
          <KeyCaps keys={line.keys} /> {line.label}
        </li>
      ))}
    </ul>
  );
}

interface KeysOverlayProps {
  opened: boolean;
  onClose: () => void;
  /** Where keys are changed. */
  children?: ReactNode;
}

/** All keys that work right now, and the switch that turns single keys off for those whom they disturb. */
export function KeysOverlay({ opened, onClose, children }: KeysOverlayProps) {
  const { t } = useTranslation();
  const { bindings, on, turn } = useKeyLayer();
  const parts = [
    { title: t('keys.here'), lines: byLabel(bindings.filter((binding) => binding.scope !== 'everywhere')) },
    { title: t('keys.everywhere'), lines: byLabel(bindings.filter((binding) => binding.scope === 'everywhere')) },
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className="stack wide">
        {parts.map(
          (part) =>
            part.lines.length > 0 && (
              <div key={part.title} className="stack tight">
                <h3>{part.title}</h3>
                <dl className="keys-list">
                  {part.lines.map((line) => (
                    <div key={line.label}>
                      <dt>{line.label}</dt>
                      <dd>
                        <KeyCaps keys={line.keys} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </div>
            ),
        )}
        <Switch
          checked={on}
          onChange={(event) => turn(event.currentTarget.checked)}
          label={t('keys.switch')}
          description={t('keys.switchWhy')}
        />
        {children && <p>{children}</p>}
      </div>
    </Modal>
  );
}

function KeyCaps({ keys }: { keys: readonly string[] }) {
  return keys.map((one) => <Caps key={one} keys={one} />);
}

/** `j` and `k` share a line when they share their words. */
function byLabel(bindings: readonly Bound[]) {
  const lines = new Map<string, string[]>();
  for (const { label, keys } of bindings) {
    const line = lines.get(label) ?? [];
    if (!line.includes(keys)) lines.set(label, [...line, keys]);
  }
  return [...lines].map(([label, keys]) => ({ label, keys }));
}
