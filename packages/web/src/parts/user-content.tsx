import {
  type FoundMark,
  placeholderOf,
  REDACTION_CLASSES,
  type RedactionClass,
  type SignalView,
} from '@groundswell/contract';
import { Fragment, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { ErrorNote } from './notes.tsx';
import { sayLanguage } from './numbers.ts';
import './user-content.css';

type Content = Pick<SignalView, 'id' | 'text' | 'title' | 'exposure' | 'language' | 'length'>;

interface UserContentProps {
  content: Content;
  /** `line` cuts after a few lines for lists; `full` shows everything as it was written. */
  size?: 'line' | 'full';
  /** Words to underline: the search that led here. */
  marks?: readonly string[];
  /** Places to underline, where the server has said why it was found; instead of `marks`. */
  places?: readonly FoundMark[] | undefined;
  /** Asks the server for a covered text. Without it a covered text stays covered. */
  onReveal?: (id: string) => Promise<string | null>;
}

/** The one way to the screen for words of users: covered until asked for, unable to disturb the line they stand in. */
export function UserContent({ content, size = 'line', marks = [], places, onReveal }: UserContentProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const text = content.text ?? asked;
  if (text === null) return <Covered content={content} onReveal={onReveal} onShown={setAsked} />;
  const lang = content.language ?? undefined;
  return (
    <div className={`user-content ${size}`}>
      {content.title && (
        <bdi dir="auto" lang={lang} className="user-title">
          {places ? markedAt(content.title, placesIn(places, 'title')) : marked(content.title, marks)}
        </bdi>
      )}
      {text !== '' && (
        <bdi dir="auto" lang={lang}>
          {places ? markedAt(text, placesIn(places, 'text')) : marked(text, marks)}
        </bdi>
      )}
    </div>
  );
}

interface CoveredProps {
  content: Content;
  onReveal?: UserContentProps['onReveal'];
  onShown: (text: string | null) => void;
}

function Covered({ content, onReveal, onShown }: CoveredProps) {
  const { t, i18n } = useTranslation();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const reveal = async () => {
    setBusy(true);
    setError(null);
    try {
      onShown(await onReveal!(content.id));
    } catch (cause) {
      setError(cause);
    }
    setBusy(false);
  };
  return (
    <>
      <div className="cover">
        <b>{`X${content.exposure}`}</b>
        <span>
          {t('content.covered', {
            count: content.length,
            language: content.language ? sayLanguage(content.language, i18n.language) : t('content.noLanguage'),
          })}
        </span>
        {onReveal && (
          <Button small busy={busy} onClick={() => void reveal()}>
            {t('content.show')}
          </Button>
        )}
      </div>
      {error !== null && <ErrorNote error={error} onRetry={() => void reveal()} />}
    </>
  );
}

/**
 * Short words that came from users by way of the engine or a file: labels, phrases, values of dimensions, authors,
 * names of columns. Isolated, so that one right-to-left word cannot turn a row around.
 */
export function Words({ children }: { children: string }) {
  return <bdi dir="auto">{children}</bdi>;
}

/** Words as they would rest here, outside a signal: where something personal stood, its mask. */
export function Kept({ children }: { children: string }) {
  return <bdi dir="auto">{marked(children, [])}</bdi>;
}

/** Who said it, as the source names them: a pseudonym or a code, and still a word that a user may have chosen. */
export function Author({ of }: { of: Pick<SignalView, 'author'> }) {
  const { t } = useTranslation();
  if (of.author === null) return <span className="faint">{t('fact.noAuthor')}</span>;
  return <Words>{of.author}</Words>;
}

/** What intake puts in the place of personal data. */
const MASKS = new Map(REDACTION_CLASSES.map((one) => [placeholderOf(one), one]));
const MASK = new RegExp(`(${[...MASKS.keys()].join('|')})`, 'u');

/** Underlines the searched words without touching what was written, and shows masks for what was replaced on arrival. */
function marked(text: string, marks: readonly string[]): ReactNode {
  const words = marks.filter((mark) => mark.length > 1).map((mark) => mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pieces = text.split(MASK).flatMap((piece) => {
    if (words.length === 0 || MASKS.has(piece)) return [{ piece, found: false }];
    const parts = piece.split(new RegExp(`(${words.join('|')})`, 'giu'));
    return parts.map((part, index) => ({ piece: part, found: index % 2 === 1 }));
  });
  let at = 0;
  return pieces.map(({ piece, found }) => {
    at += piece.length + 1;
    const mask = MASKS.get(piece);
    if (mask) return <Masked key={at} what={mask} />;
    return found ? <mark key={at}>{piece}</mark> : <Fragment key={at}>{piece}</Fragment>;
  });
}

type At = readonly [from: number, to: number];
const placesIn = (places: readonly FoundMark[], where: FoundMark['in']): At[] =>
  places.filter((one) => one.in === where).map((one) => one.at);

/** Underlines what stands at these places; a mask within or between stays a mask. */
function markedAt(text: string, places: readonly At[]): ReactNode {
  let end = 0;
  const pieces = [...places]
    .sort(([a], [b]) => a - b)
    .flatMap(([from, to]) => {
      if (from < end || to > text.length) return [];
      const piece = [
        { from: end, words: text.slice(end, from), found: false },
        { from, words: text.slice(from, to), found: true },
      ];
      end = to;
      return piece;
    });
  return [...pieces, { from: end, words: text.slice(end), found: false }].map(({ from, words, found }) =>
    found ? (
      <mark key={`m${from}`}>{marked(words, [])}</mark>
    ) : (
      <Fragment key={`t${from}`}>{marked(words, [])}</Fragment>
    ),
  );
}

/** A short name of users with what was found in it underlined. */
export function Found({
  children,
  places,
  where,
}: {
  children: string;
  places: readonly FoundMark[];
  where: FoundMark['in'];
}) {
  return <bdi dir="auto">{markedAt(children, placesIn(places, where))}</bdi>;
}

/** It never came to rest here, so there is nothing to reveal; it says what stood there. */
function Masked({ what }: { what: RedactionClass }) {
  const { t } = useTranslation();
  return (
    <span className="masked" title={t('content.maskedWhy')}>
      {t(`content.masked.${what}`)}
    </span>
  );
}
