/** The words of a field whose search stands in the address. */
import { type RefObject, useEffect, useRef, useState } from 'react';

interface FieldWords {
  words: string;
  setWords: (words: string) => void;
  /** What was searched last from here, or came from elsewhere since. */
  sent: RefObject<string>;
  /** Said before the address is changed. */
  send: (words: string) => void;
}

/**
 * What was typed, until the address says otherwise. An address that this field asked for takes nothing back, however late it
 * comes and however often it was asked meanwhile; one from elsewhere does not while somebody is typing here.
 */
export function useFieldWords(value: string, field: RefObject<HTMLInputElement | null>): FieldWords {
  const [words, setWords] = useState(value);
  const sent = useRef(value);
  const awaited = useRef<string[]>([]);
  const shown = useRef(value);
  const typed = useRef(words);
  typed.current = words;
  useEffect(() => {
    if (value === shown.current) return;
    shown.current = value;
    const answers = awaited.current.indexOf(value);
    if (answers >= 0) {
      awaited.current.splice(0, answers + 1);
      return;
    }
    const isTyping = field.current === document.activeElement && typed.current.trim() !== sent.current;
    awaited.current = [];
    sent.current = value;
    if (!isTyping) setWords(value);
  }, [value, field]);
  const send = (next: string) => {
    sent.current = next;
    if (next === (awaited.current.at(-1) ?? shown.current)) return; // the address is there, or on its way there
    awaited.current.push(next);
  };
  return { words, setWords, sent, send };
}
