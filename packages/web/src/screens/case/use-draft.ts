/** What one is writing, kept by the server while one writes: nothing of it is lost with a tab, a browser or a line. */
import { type CaseDetail, type CaseDraft, type DraftKind, saveDraft } from '@groundswell/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../api/call.ts';

export type DraftBody = CaseDraft['body'];
export type Keeping = 'empty' | 'typing' | 'kept' | 'not_kept';

const NOTHING: DraftBody = { text: '', language: null, partner: '', dueAt: null, template: null };
const PAUSE_MS = 500;
const AGAIN_MS = 4_000;

const isEmpty = ({ text, partner }: DraftBody) => text.trim() === '' && partner.trim() === '';

export interface Draft {
  readonly body: DraftBody;
  readonly keeping: Keeping;
  readonly change: (some: Partial<DraftBody>) => void;
  /** It was sent: the server has let the draft go with it. */
  readonly sent: () => void;
}

export function useDraft(kase: Pick<CaseDetail, 'id' | 'drafts' | 'language'>, kind: DraftKind): Draft {
  const begun = kase.drafts.find((one) => one.kind === kind)?.body;
  const [body, setBody] = useState<DraftBody>(begun ?? { ...NOTHING, language: kase.language });
  const [keeping, setKeeping] = useState<Keeping>(begun ? 'kept' : 'empty');
  const latest = useRef(body);
  const open = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = kase.id;

  const keep = useCallback(async () => {
    clearTimeout(timer.current);
    if (!open.current) return;
    const said = latest.current;
    try {
      await call(saveDraft, { params: { id, kind }, body: { body: isEmpty(said) ? null : said } });
      if (latest.current !== said) return; // typed on meanwhile, and that is kept by itself
      open.current = false;
      setKeeping(isEmpty(said) ? 'empty' : 'kept');
    } catch {
      setKeeping('not_kept');
      timer.current = setTimeout(() => void keep(), AGAIN_MS);
    }
  }, [id, kind]);

  useEffect(() => {
    const leave = () => void keep();
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', leave);
      leave();
    };
  }, [keep]);

  const change = (some: Partial<DraftBody>) => {
    latest.current = { ...latest.current, ...some };
    open.current = true;
    setBody(latest.current);
    setKeeping('typing');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void keep(), PAUSE_MS);
  };
  const sent = () => {
    clearTimeout(timer.current);
    open.current = false;
    latest.current = { ...NOTHING, language: latest.current.language };
    setBody(latest.current);
    setKeeping('empty');
  };
  return { body, keeping, change, sent };
}
