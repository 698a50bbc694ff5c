import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useActs } from './acts.ts';
import { Button } from './button.tsx';
import { KeyHint } from './key-hint.tsx';
import { useKeys } from './keys.tsx';

interface OpenCaseProps {
  /** Whether this person works on cases at all. */
  may: boolean;
  /** Of the screen that it stands on. */
  shortcut: 'cases.open' | 'issue.case' | 'signal.case';
  /** What it is opened from, as the address of a new case says it: `issue=IS-12`. */
  from?: string;
  small?: boolean;
}

/** To the form of a new case, with what is known of what stands here. Nothing for who may not open one. */
export function OpenCase({ may, ...props }: OpenCaseProps) {
  return may ? <Opener {...props} /> : null;
}

function Opener({ shortcut, from = '', small = false }: Omit<OpenCaseProps, 'may'>) {
  const { t } = useTranslation();
  const router = useRouter();
  const run = () => router.history.push(`${router.basepath.replace(/\/$/, '')}/cases/new${from ? `?${from}` : ''}`);
  useKeys([{ name: shortcut, label: t('opening.key'), run }]);
  useActs([{ label: t('opening.title'), icon: 'plus', shortcut, run }]);
  return (
    <Button small={small} icon="plus" onClick={run}>
      {t('opening.title')} <KeyHint of={shortcut} />
    </Button>
  );
}
