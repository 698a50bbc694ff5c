/** A small invented world for walks and guide pictures: what creators and users of a video platform write. Seeded. */

export interface Voice {
  readonly id: string;
  readonly ts: string;
  readonly text: string;
  readonly author: string;
  readonly rating: number;
  readonly app_version: string;
  readonly platform: string;
  readonly country: string;
}

export interface Surge {
  /** Days after the start of the world at which it begins; may be a fraction. */
  readonly day: number;
  readonly hours: number;
  readonly count: number;
  readonly theme: Theme;
  readonly slice: Partial<Pick<Voice, 'app_version' | 'platform' | 'country'>>;
}

interface Theme {
  readonly who: readonly string[];
  readonly what: readonly string[];
}

/** mulberry32: one word of state, the same on every machine. */
function dice(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const EVERY_DAY: readonly Theme[] = [
  {
    who: ['the dark theme', 'night mode', 'dark colours'],
    what: ['hurt my eyes', 'make grey text unreadable', 'switch back every morning'],
  },
  {
    who: ['notifications', 'push messages', 'reminders'],
    what: ['arrive hours late', 'ring in the middle of the night', 'never stop coming'],
  },
  {
    who: ['searching', 'the search field', 'search results'],
    what: ['shows only old videos', 'finds nothing I type', 'forgets my filters'],
  },
  {
    who: ['my subscription', 'the monthly plan', 'premium'],
    what: ['renewed without asking', 'cannot be cancelled', 'got more expensive again'],
  },
  {
    who: ['comments', 'replies to my post', 'the comment filter'],
    what: ['disappear after a minute', 'hides friendly words', 'load endlessly'],
  },
  {
    who: ['my battery', 'power usage', 'the phone'],
    what: ['drains within an hour', 'gets really hot while scrolling', 'dies because of this app'],
  },
  {
    who: ['captions', 'automatic subtitles', 'the transcript'],
    what: ['miss half of the words', 'stay in English', 'run behind the sound'],
  },
  {
    who: ['my avatar', 'the profile picture', 'my banner'],
    what: ['looks blurry', 'was cropped badly', 'will not change'],
  },
  {
    who: ['live streams', 'my live show', 'the broadcast'],
    what: ['freezes for viewers', 'has no sound', 'ends after ten minutes'],
  },
  {
    who: ['the editor', 'trimming clips', 'the cutting tool'],
    what: ['loses my draft', 'crashes on long clips', 'exports in low quality'],
  },
  {
    who: ['messages', 'my inbox', 'direct chats'],
    what: ['do not open', 'mark everything unread', 'lost older conversations'],
  },
  {
    who: ['the feed', 'recommended videos', 'my for-you page'],
    what: ['repeats the same clips', 'shows ads after every video', 'ignores what I hide'],
  },
];

export const UPLOAD_STUCK: Theme = {
  who: ['my upload', 'every video upload', 'posting a clip', 'uploading'],
  what: [
    'stops at 99 percent',
    'hangs at ninety-nine percent',
    'gets stuck at 99 percent and never publishes',
    'stays at 99 % for hours',
  ],
};
export const PAYOUT_LATE: Theme = {
  who: ['my creator payout', 'the monthly payout', 'money from the creator fund', 'payout for last month'],
  what: [
    'is still pending',
    'never arrived at my bank',
    'shows as delayed since Monday',
    'is on hold without a reason',
  ],
};

const OPENERS = [
  '',
  '',
  'Hello, ',
  'Again: ',
  'Why is it that ',
  'Since the update ',
  'Honestly, ',
  'For three days now ',
];
const CLOSERS = [
  '.',
  '!',
  ', please fix it.',
  '. I already reinstalled.',
  '. Very annoying.',
  '. Anyone else?',
  ', support does not answer.',
  '. I have lost work because of this.',
];
const VERSIONS = ['38.0.4', '38.1.0', '38.1.1', '38.1.2'];
const COUNTRIES = ['US', 'US', 'US', 'BR', 'BR', 'DE', 'GB', 'ID', 'JP', 'MX'];
const PLATFORMS = ['android', 'android', 'ios', 'ios', 'web'];

export interface World {
  readonly seed: number;
  readonly start: Date;
  readonly days: number;
  readonly perDay: number;
  readonly surges: readonly Surge[];
}

/**
 * Everything that was said, in order of time.
 * @example
 * voices({ seed: 7, start: new Date('2024-03-04T00:00:00Z'), days: 28, perDay: 60, surges: [] }).length; // about 1,680
 */
export function voices({ seed, start, days, perDay, surges }: World): Voice[] {
  const chance = dice(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)]!;
  const said: Omit<Voice, 'id'>[] = [];
  const say = (day: number, theme: Theme, slice: Surge['slice'] = {}) => {
    const sentence = `${pick(OPENERS)}${pick(theme.who)} ${pick(theme.what)}${pick(CLOSERS)}`;
    said.push({
      ts: new Date(start.getTime() + day * 86_400_000).toISOString(),
      text: sentence[0]!.toUpperCase() + sentence.slice(1),
      author: `u${Math.floor(chance() * 1e6)}`,
      rating: 1 + Math.floor(chance() * 3),
      app_version: VERSIONS[Math.min(3, Math.floor((day / days) * 3 + chance() * 1.4))]!,
      platform: pick(PLATFORMS),
      country: pick(COUNTRIES),
      ...(chance() < 0.9 ? slice : {}),
    });
  };
  for (let i = 0; i < days * perDay; i++) {
    const day = chance() * days;
    const awake = 0.55 + 0.45 * Math.sin(((day % 1) - 0.3) * 2 * Math.PI);
    if (chance() < awake) say(day, pick(EVERY_DAY));
    else i -= chance() < 0.5 ? 1 : 0;
  }
  for (const { day, hours, count, theme, slice } of surges) {
    for (let i = 0; i < count; i++) say(day + (chance() ** 0.8 * hours) / 24, theme, slice);
  }
  return said
    .sort((a, b) => (a.ts < b.ts ? -1 : 1))
    .map((voice, i) => ({ id: `${seed}-${String(i).padStart(5, '0')}`, ...voice }));
}
