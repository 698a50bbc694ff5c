import type { ImportView, IssueState } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from './icon.tsx';
import './status.css';

export type Tone = 'bad' | 'warn' | 'good' | 'info' | 'idle';

/** Icon, word and colour: take the colour away and nothing is lost. */
export function Pill({ tone, icon, children }: { tone: Tone; icon: IconName; children: string }) {
  return (
    <span className={`pill ${tone}`}>
      <Icon name={icon} small />
      {children}
    </span>
  );
}

const ISSUE: Record<IssueState, readonly [Tone, IconName]> = {
  suspected: ['warn', 'ring'],
  confirmed: ['bad', 'flag'],
  investigating: ['info', 'search'],
  fixing: ['info', 'gear'],
  verifying: ['info', 'half'],
  verified: ['good', 'checkCircle'],
  not_verified: ['bad', 'x'],
  regressed: ['bad', 'back'],
  duplicate: ['idle', 'merge'],
  dismissed: ['idle', 'dash'],
  risk_accepted: ['idle', 'pen'],
};

/** State of an issue, in the words of the product. */
export function IssueStatus({ state }: { state: IssueState }) {
  const { t } = useTranslation();
  const [tone, icon] = ISSUE[state];
  return (
    <Pill tone={tone} icon={icon}>
      {t(`issue.state.${state}`)}
    </Pill>
  );
}

const IMPORT: Record<ImportView['state'], readonly [Tone, IconName]> = {
  uploaded: ['warn', 'ring'],
  running: ['info', 'half'],
  done: ['good', 'checkCircle'],
  failed: ['bad', 'warn'],
  cancelled: ['idle', 'dash'],
};

export function ImportStatus({ state }: { state: ImportView['state'] }) {
  const { t } = useTranslation();
  const [tone, icon] = IMPORT[state];
  return (
    <Pill tone={tone} icon={icon}>
      {t(`import.state.${state}`)}
    </Pill>
  );
}
