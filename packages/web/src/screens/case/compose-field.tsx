import { CASE_TEXT_MAX } from '@groundswell/contract';
import { Textarea } from '@mantine/core';
import type { KeyboardEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import type { IconName } from '../../parts/icon.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { blanksIn, hasBrokenBraces } from './talk.ts';
import type { Draft } from './use-draft.ts';

interface ComposeFieldProps {
  label: string;
  draft: Draft;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Names who will read it. */
  act: string;
  icon: IconName;
  ready: boolean;
  busy: boolean;
  error: unknown;
  onSend: () => void;
}

/** The text, the blanks that are still open in it, whether it is kept, and the one button that names its readers. */
export function ComposeField({ label, draft, field, act, icon, ready, busy, error, onSend }: ComposeFieldProps) {
  const { t } = useTranslation();
  const { text: typed } = draft.body;
  const open = isOpen(typed);
  const may = ready && !open && typed.trim() !== '' && !busy;
  const listen = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (may) onSend();
  };
  return (
    <>
      <Textarea
        ref={field}
        label={label}
        autosize
        minRows={3}
        maxRows={14}
        maxLength={CASE_TEXT_MAX}
        dir="auto"
        lang={draft.body.language ?? undefined}
        value={typed}
        onChange={(event) => draft.change({ text: event.currentTarget.value })}
        onKeyDown={listen}
      />
      <Blanks typed={typed} field={field} />
      {error !== null && <ErrorNote error={error} />}
      <div className="row wrap">
        <span className={draft.keeping === 'not_kept' ? 'small is-bad' : 'small faint'} role="status">
          {draft.keeping !== 'empty' && t(`case.compose.draft.${draft.keeping}`)}
        </span>
        <Button className="push" look="go" icon={icon} disabled={!may} busy={busy} onClick={onSend}>
          {act}
        </Button>
      </div>
    </>
  );
}

/** Something would leave with a hole in it. */
const isOpen = (typed: string): boolean => blanksIn(typed).length > 0 || hasBrokenBraces(typed);

function Blanks({ typed, field }: { typed: string; field: RefObject<HTMLTextAreaElement | null> }) {
  const { t } = useTranslation();
  const blanks = blanksIn(typed);
  if (!isOpen(typed)) return null;
  return (
    <p className="row wrap small" role="status">
      <b className="is-warn">{t(blanks.length > 0 ? 'case.compose.blanks' : 'case.compose.braces')}</b>
      {blanks.map(({ name, from, to }) => (
        <Button
          key={from}
          small
          onClick={() => {
            field.current?.focus();
            field.current?.setSelectionRange(from, to);
          }}
        >
          {name}
        </Button>
      ))}
    </p>
  );
}
