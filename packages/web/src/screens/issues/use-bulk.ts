import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../parts/keys.tsx';
import type { useListKeys } from '../../parts/list-keys.ts';
import type { BulkMove } from './bulk-echo.tsx';
import { useChoice } from './use-choice.ts';

type Cursor = Pick<ReturnType<typeof useListKeys>, 'at' | 'step'>;

/** Choosing by box and by key, and which decision was asked for those that are chosen. */
export function useBulk(shown: readonly string[], keys: Cursor) {
  const { t } = useTranslation();
  const joined = shown.join(' ');
  const ids = useMemo(() => (joined === '' ? [] : joined.split(' ')), [joined]);
  const choice = useChoice(ids);
  const [asked, setAsked] = useState<BulkMove | null>(null);
  const latest = useRef(choice);
  latest.current = choice;
  const onChoose = useCallback(
    (id: string, range: boolean) => (range ? latest.current.chooseTo(id) : latest.current.toggle(id)),
    [],
  );
  const at = keys.at !== null && ids.includes(keys.at) ? keys.at : null;
  const along = (by: 1 | -1) => {
    const next = ids[at === null ? 0 : ids.indexOf(at) + by];
    if (at !== null && !choice.chosen.has(at)) choice.toggle(at);
    if (next !== undefined) choice.chooseTo(next);
    keys.step(by);
  };
  useKeys([
    { name: 'issues.choose', label: t('bulk.chooseKey'), run: () => at !== null && choice.toggle(at) },
    { name: 'issues.chooseTo', label: t('bulk.chooseToKey'), run: () => at !== null && choice.chooseTo(at) },
    { name: 'issues.chooseNext', label: t('bulk.alongKey'), run: () => along(1) },
    { name: 'issues.chooseBack', label: t('bulk.alongKey'), run: () => along(-1) },
    { name: 'issues.chooseAll', label: t('bulk.allKey'), run: choice.chooseAll },
    ...(choice.chosen.size > 0
      ? [{ name: 'issues.chooseNone' as const, label: t('bulk.noneKey'), run: choice.chooseNone }]
      : []),
  ]);
  /** True when some are chosen: then the keys of decisions mean them, and not the row one stands on. */
  const ask = (move: BulkMove): boolean => {
    if (choice.chosen.size === 0) return false;
    setAsked(move);
    return true;
  };
  /** Where none is chosen, the row one stands on is: the dialog says whom it means. */
  const askHere = (move: BulkMove) => {
    if (ask(move) || at === null) return;
    choice.toggle(at);
    setAsked(move);
  };
  return { choice, onChoose, asked, setAsked, ask, askHere };
}
