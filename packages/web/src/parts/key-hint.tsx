import { useSyncExternalStore } from 'react';
import { useKeyLayer } from './keys.tsx';
import { keysOf, onKeysChange, ownKeys, type ShortcutName } from './shortcuts.ts';

/** The keys of what it stands beside, as this person has set them; nothing where they are off, and nothing on phones. */
export function KeyHint({ of }: { of: ShortcutName }) {
  const { on } = useKeyLayer();
  const keys = keysOf(of, useSyncExternalStore(onKeysChange, ownKeys));
  if (!on || keys === '') return null;
  return (
    <span className="key-hint" aria-hidden="true">
      <Caps keys={keys} />
    </span>
  );
}

/** One key, or two one after the other. */
export function Caps({ keys }: { keys: string }) {
  const [first, second] = keys.split(' ');
  return (
    <>
      <kbd>{first}</kbd>
      {second !== undefined && <kbd>{second}</kbd>}
    </>
  );
}
