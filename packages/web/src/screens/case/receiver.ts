import type { CaseDetail } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';

/** Whoever reads what goes outside: by name where one is known, else by their role. */
export function useReceiver({ requesterName, requester }: Pick<CaseDetail, 'requesterName' | 'requester'>): string {
  const { t } = useTranslation();
  return requesterName ?? (requester ? t(`case.requester.${requester}`) : t('case.somebodyOutside'));
}
