import type { CaseRow } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Words } from './user-content.tsx';

/** What a case is called: by the name that a colleague gave, else by its codes. */
export function CaseName({ row }: { row: Pick<CaseRow, 'title' | 'harm' | 'support' | 'kind'> }) {
  const { t } = useTranslation();
  if (row.title !== null) return <Words>{row.title}</Words>;
  if (row.harm !== null) return t(`harm.${row.harm}`);
  return row.support === null ? t(`case.kind.${row.kind}`) : t(`caseMark.support.${row.support}`);
}
