import type { IssueRow } from '@groundswell/contract';
import { Menu } from '@mantine/core';
import { type Ref, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Of the button that opens the menu of this card; the menu is named by it. */
export const menuId = (id: string): string => `move-${id}`;

export interface Acts {
  readonly onConfirm: (issue: IssueRow) => void;
  readonly onDismiss: (issue: IssueRow) => void;
  readonly onReopen: (issue: IssueRow) => void;
  readonly onGive: (issue: IssueRow) => void;
}

interface BoardMenuProps extends Acts {
  /** Whose menu it is, and the button it hangs on; it stays while the menu goes away. */
  at: { readonly row: IssueRow; readonly button: HTMLElement } | null;
  opened: boolean;
  onClose: () => void;
}

/**
 * One menu for all cards: one of its own in each made a board of a hundred wait for a hundred of them. It is there before it
 * is opened, or it would not know where the focus was and give it back.
 */
export function BoardMenu({ at, opened, onClose, ...acts }: BoardMenuProps) {
  const { t } = useTranslation();
  const moves = [
    { name: 'confirm', run: acts.onConfirm },
    { name: 'dismiss', run: acts.onDismiss },
    { name: 'reopen', run: acts.onReopen },
  ] as const;
  return (
    <Menu
      {...(at && { id: menuId(at.row.id) })}
      position="bottom-end"
      withinPortal
      opened={opened && at?.button.isConnected === true}
      onChange={(open) => !open && onClose()}
    >
      <Menu.Target>
        <Anchor button={at?.button ?? null} />
      </Menu.Target>
      <Menu.Dropdown>
        {moves
          .filter(({ name }) => at?.row.can.includes(name))
          .map(({ name, run }) => (
            <Menu.Item key={name} onClick={() => at && run(at.row)}>
              {t(`issue.act.${name}`)}
            </Menu.Item>
          ))}
        <Menu.Item onClick={() => at && acts.onGive(at.row)}>{t('bulk.assign')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Stands for the button that is on the card already: the menu hangs on it, and a press on it is not one beside the menu. */
function Anchor({ button, ref }: { button: HTMLElement | null; ref?: Ref<HTMLElement> }) {
  useLayoutEffect(() => {
    if (typeof ref !== 'function') return;
    ref(button);
    return () => void ref(null);
  }, [ref, button]);
  return null;
}
