import { Modal } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { KeyHint } from '../parts/key-hint.tsx';
import './palette.css';
import { type Group, type Item, useGroups } from './palette-items.tsx';
import { readTyped } from './palette-read.ts';
import type { Place } from './places.ts';

interface PaletteProps {
  opened: boolean;
  onClose: () => void;
  places: readonly Place[];
  can: readonly string[];
}

/** One field to go anywhere, open anything by its id, and do what this page can do. */
export function Palette({ opened, onClose, ...offer }: PaletteProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('palette.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      size="lg"
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
    >
      <PaletteField onClose={onClose} {...offer} />
    </Modal>
  );
}

/** An editable combobox with a list (ARIA 1.2): the focus stays in the field, the list is walked with the arrows. */
function PaletteField({ onClose, places, can }: Omit<PaletteProps, 'opened'>) {
  const { t } = useTranslation();
  const [said, setSaid] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []); // at once: who types on after Ctrl-K loses no letter
  const { groups, busy } = useGroups(readTyped(said, globalThis.location.origin), said, { places, can });
  const items = groups.flatMap((group) => group.items);
  const now = Math.min(at, items.length - 1);
  const choose = (item: Item | undefined) => {
    if (!item) return;
    onClose();
    setTimeout(item.run); // the dialog gives the focus back first
  };
  const enter = useEnter(items[now], busy, choose);
  const type = (text: string) => [setSaid(text), setAt(0), enter.forget()];
  const onKeyDown = useWalkKeys({ now, count: items.length, list, setAt, onEnter: enter.press });
  return (
    <div className="palette">
      <input
        className="palette-field"
        ref={field}
        data-autofocus
        role="combobox"
        aria-label={t('palette.label')}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={items[now] ? `${id}-${now}` : undefined}
        placeholder={t('palette.hint')}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        maxLength={2000}
        value={said}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="palette-list" role="listbox" id={`${id}-list`} aria-label={t('palette.list')} ref={list}>
        {groups.map((group) => (
          <PaletteGroup
            key={group.name}
            group={group}
            id={id}
            first={firstOf(groups, group)}
            now={now}
            onChoose={choose}
          />
        ))}
      </div>
      <Said busy={busy} count={items.length} />
    </div>
  );
}

function Said({ busy, count }: { busy: boolean; count: number }) {
  const { t } = useTranslation();
  return (
    <p role="status" className={count === 0 ? 'palette-none soft' : 'unseen'}>
      {busy ? t('palette.looking') : count === 0 ? t('palette.none') : t('palette.count', { count })}
    </p>
  );
}

/**
 * Whoever types faster than the answer comes must not get what stood there for the letters before: Enter on what is
 * still being looked for waits for it.
 */
function useEnter(item: Item | undefined, busy: boolean, choose: (item: Item | undefined) => void) {
  const [waiting, setWaiting] = useState(false);
  const sought = busy && (item === undefined || item.sought === true);
  useEffect(() => {
    if (!waiting || sought) return;
    setWaiting(false);
    choose(item);
  });
  return { press: () => (sought ? setWaiting(true) : choose(item)), forget: () => setWaiting(false) };
}

interface Walked {
  now: number;
  count: number;
  list: RefObject<HTMLDivElement | null>;
  setAt: (at: number) => void;
  onEnter: () => void;
}

/** Arrows go around, pages stop at the ends; everything else belongs to the field. */
function useWalkKeys({ now, count, list, setAt, onEnter }: Walked) {
  const step = (to: number) => {
    setAt(to);
    list.current?.querySelectorAll('[role="option"]')[to]?.scrollIntoView({ block: 'nearest' });
  };
  return (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = Math.max(0, count - 1);
    const ways: Record<string, number> = {
      ArrowDown: now >= last ? 0 : now + 1,
      ArrowUp: now <= 0 ? last : now - 1,
      PageDown: Math.min(last, now + 5),
      PageUp: Math.max(0, now - 5),
    };
    const to = ways[event.key];
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (to === undefined) onEnter();
    else step(to);
  };
}

function firstOf(groups: readonly Group[], group: Group): number {
  return groups.slice(0, groups.indexOf(group)).reduce((sum, { items }) => sum + items.length, 0);
}

interface PaletteGroupProps {
  group: Group;
  id: string;
  /** Place of its first item among all. */
  first: number;
  now: number;
  onChoose: (item: Item) => void;
}

function PaletteGroup({ group, id, first, now, onChoose }: PaletteGroupProps) {
  const { t } = useTranslation();
  return (
    <fieldset aria-labelledby={`${id}-${group.name}`} className="palette-group">
      <div id={`${id}-${group.name}`} className="palette-head" role="presentation">
        {t(`palette.group.${group.name}`)}
      </div>
      {group.items.map((item, i) => (
        <div
          key={item.id}
          id={`${id}-${first + i}`}
          role="option"
          tabIndex={-1}
          aria-selected={first + i === now}
          className="palette-item"
          onMouseDown={(event) => event.preventDefault()} // the focus stays in the field
          onClick={() => onChoose(item)}
          onKeyDown={(event) => event.key === 'Enter' && onChoose(item)}
        >
          <Icon name={item.icon} />
          <span className="palette-words">{item.shown ?? item.label}</span>
          {item.aside && <span className="faint small">{t(`palette.kind.${item.aside}`)}</span>}
          {item.shortcut && <KeyHint of={item.shortcut} />}
        </div>
      ))}
    </fieldset>
  );
}
