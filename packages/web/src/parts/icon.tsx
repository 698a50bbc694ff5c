import type { ReactNode } from 'react';

/** 16 px line icons. Drawn here so that one set, one weight and one grid hold everywhere. */
const SHAPES = {
  back: <path d="M3 8a5 5 0 1 1 1.6 3.7M3 12V8.2h3.8" />,
  bars: <path d="M3 13v-2.5M6.4 13V8.5M9.8 13V6M13.2 13V3" />,
  bell: <path d="M4 11V7.2a4 4 0 0 1 8 0V11l1 1.2H3zM6.7 14h2.6" />,
  board: (
    <>
      <rect x="2" y="3" width="3.2" height="10" rx=".7" />
      <rect x="6.4" y="3" width="3.2" height="7" rx=".7" />
      <rect x="10.8" y="3" width="3.2" height="8.5" rx=".7" />
    </>
  ),
  check: <path d="m3 8.5 3.3 3.3L13 4.8" />,
  checkCircle: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m5.3 8.2 2 2 3.5-4" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.2" />
      <path d="M10.5 3.5v-.3a.7.7 0 0 0-.7-.7H3.2a.7.7 0 0 0-.7.7v6.6c0 .4.3.7.7.7h.3" />
    </>
  ),
  dash: <path d="M4 8h8" />,
  down: <path d="m4 6 4 4 4-4" />,
  file: <path d="M4 1.8h5.2L12.5 5v9.2H4zM9 2v3.2h3.2" />,
  filter: <path d="M2 4h12M4.5 8h7M6.5 12h3" />,
  flask: <path d="M6.2 2h3.6M7 2v4.2L3.2 12.6a.9.9 0 0 0 .8 1.4h8a.9.9 0 0 0 .8-1.4L9 6.2V2M5 10.5h6" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  play: <path d="M4.5 3v10l8-5z" />,
  flag: <path d="M3.5 14V2.5h8l-1.5 3 1.5 3h-8" />,
  gear: (
    <>
      <circle cx="8" cy="8" r="2.2" />
      <path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4" />
    </>
  ),
  half: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  home: (
    <>
      <path d="M2.5 7.2 8 2.5l5.5 4.7V13a.5.5 0 0 1-.5.5H3a.5.5 0 0 1-.5-.5z" />
      <path d="M6.3 13.5V9.3h3.4v4.2" />
    </>
  ),
  import: <path d="M8 10.5V3M5 5.8 8 2.8l3 3M2.5 10.5V13h11v-2.5" />,
  issue: (
    <>
      <path d="M1.5 9.5c2 0 2-3 4.3-3s2.2 4.3 4.4 4.3 2.3-6.3 4.3-6.3" />
      <path d="M1.5 13.5h13" />
    </>
  ),
  key: (
    <>
      <circle cx="5.2" cy="10.2" r="2.8" />
      <path d="m7.3 8.2 5.6-5.6M11 4.6l1.8 1.8" />
    </>
  ),
  keyboard: (
    <>
      <rect x="1.5" y="4" width="13" height="8.5" rx="1.2" />
      <path d="M4.2 7h.1M6.8 7h.1M9.3 7h.1M11.8 7h.1M5 10h6" />
    </>
  ),
  link: (
    <path d="M6.5 9.5 9.5 6.5M7.3 4.6l1.4-1.4a2.9 2.9 0 0 1 4.1 4.1L11.4 8.7M8.7 11.4l-1.4 1.4a2.9 2.9 0 0 1-4.1-4.1l1.4-1.4" />
  ),
  merge: <path d="M4 2.5v3.5c0 3 4 2.5 4 5v2.5M12 2.5v3.5c0 3-4 2.5-4 5" />,
  more: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" />,
  out: <path d="M6 2.5H3.2a.7.7 0 0 0-.7.7v9.6c0 .4.3.7.7.7H6M7 8h7M11 5l3 3-3 3" />,
  pen: <path d="M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2zM9.4 4.4l2.2 2.2" />,
  plus: <path d="M8 3v10M3 8h10" />,
  proof: (
    <>
      <path d="M2 3.5 6.5 9l3-2.5L14 12" />
      <path d="M14 8.5V12h-3.5" />
    </>
  ),
  right: <path d="m6 4 4 4-4 4" />,
  ring: <circle cx="8" cy="8" r="5.5" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.5 10.5 3.5 3.5" />
    </>
  ),
  signal: <path d="M2 13.5h12M3.5 11V8.5M6.5 11V5M9.5 11V7M12.5 11V2.8" />,
  source: <path d="M8 2v7M5 6.3 8 9.3l3-3M2.5 10.5V13h11v-2.5" />,
  star: <path d="m8 2.5 1.7 3.5 3.8.5-2.8 2.6.7 3.8L8 11.1l-3.4 1.8.7-3.8L2.5 6.5l3.8-.5z" />,
  table: (
    <>
      <rect x="2" y="3" width="12" height="10" rx="1" />
      <path d="M2 6.5h12M6 6.5V13" />
    </>
  ),
  up: <path d="m4 10 4-4 4 4" />,
  users: (
    <>
      <circle cx="6" cy="5.5" r="2.5" />
      <path d="M1.5 13.5c.3-2.7 2-4 4.5-4s4.2 1.3 4.5 4M10.5 3.3a2.5 2.5 0 0 1 0 4.4M12 9.9c1.5.6 2.3 1.8 2.5 3.6" />
    </>
  ),
  warn: (
    <>
      <path d="M8 2.5 14.5 13.5h-13z" />
      <path d="M8 6.5v3.2M8 11.6v.1" />
    </>
  ),
  x: <path d="m4 4 8 8M12 4l-8 8" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** These point somewhere, so they mirror when the page reads from the right. Clocks, charts and checks do not. */
const POINTING: ReadonlySet<IconName> = new Set(['right', 'back']);

export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  const names = ['icon', small ? 'small' : '', POINTING.has(name) ? 'points' : ''].filter(Boolean).join(' ');
  return (
    <svg className={names} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}

/** The mark: one wave in the accent. */
export function Mark() {
  return (
    <svg viewBox="0 0 22 22" aria-hidden="true">
      <rect width="22" height="22" rx="6" fill="var(--accent)" />
      <path
        d="M4 13.5c2.3 0 2.3-5.5 5-5.5s2.3 5 4.7 5c1.7 0 2.3-2 4.3-2"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
