import { DISMISS_REASONS, type DismissReason } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { ReasonDialog } from './reason-dialog.tsx';
import { Words } from './user-content.tsx';

interface DismissDialogProps {
  /** Which one: from a list it is not obvious. */
  issue: { key: string; title: string } | null;
  opened: boolean;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onDone: (reason: DismissReason, note: string) => void;
}

/** Dismissing teaches: the reason is counted, and "false alert" counts against the budget of the engine. */
export function DismissDialog({ issue, ...props }: DismissDialogProps) {
  const { t } = useTranslation();
  return (
    <ReasonDialog
      {...props}
      title={t('dismiss.title')}
      about={
        issue && (
          <>
            <span className="mono faint">{issue.key}</span> <Words>{issue.title}</Words>
          </>
        )
      }
      consequence={t('dismiss.consequence')}
      action={t('dismiss.do')}
      reasons={DISMISS_REASONS.map((value) => ({
        value,
        label: t(`dismiss.reason.${value}`),
        hint: t(`dismiss.hint.${value}`),
      }))}
    />
  );
}
