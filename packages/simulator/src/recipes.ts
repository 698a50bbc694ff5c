/** The kinds of incidents: what happens, how it runs, whom it can reach, and what causes it. */
import type { ChangeKind, IncidentKind } from '@groundswell/contract';
import type { Chance } from './random.ts';

/** How the number of new signals runs over the hours since onset. */
export type Course =
  | { readonly shape: 'burst' | 'ramp'; readonly hours: number }
  /** As many as at first until the fix; from then on `left` of it, reached within `fadeHours`. */
  | {
      readonly shape: 'until_fixed';
      readonly hours: number;
      readonly fixAfter: number;
      readonly left: number;
      readonly fadeHours: number;
    }
  /** Fades by itself, whatever is done. */
  | { readonly shape: 'fades'; readonly hours: number; readonly fixAfter: number; readonly halfLife: number }
  /** Gone after the fix, and back later. */
  | { readonly shape: 'returns'; readonly hours: number; readonly fixAfter: number; readonly backAfter: number };

/** An entry of the change log. */
export interface Cause {
  readonly kind: ChangeKind;
  readonly title: string;
}

export interface Recipe {
  readonly kind: IncidentKind;
  /** Key into the stories of every language, the truth in a sentence, and what caused it; null where nothing of ours did. */
  readonly stories: readonly (readonly [story: string, what: string, cause: Cause | null])[];
  readonly size: readonly [low: number, high: number];
  readonly course: (chance: Chance) => Course;
  /** Dimensions that it is bound to. */
  readonly bound: readonly ('version' | 'platform' | 'country')[];
}

const hours = (chance: Chance, low: number, high: number): number => low + chance.next() * (high - low);

export const RECIPES: Readonly<Record<IncidentKind, Recipe>> = {
  version_bug: {
    kind: 'version_bug',
    stories: [
      ['bug.upload_99', 'Uploads stop at 99 %', null],
      ['bug.sound_gone', 'Edited videos lose their sound', null],
      ['bug.comments_close', 'The app closes when comments are opened', null],
      ['bug.camera_black', 'The camera stays black', null],
    ],
    size: [70, 130],
    course: (c) => ({ shape: 'burst', hours: hours(c, 16, 30) }),
    bound: ['version', 'platform'],
  },
  payout_outage: {
    kind: 'payout_outage',
    stories: [
      [
        'payout.fund_zero',
        'The creator fund shows 0 and pays nothing',
        { kind: 'vendor', title: 'Payout provider moves to a new settlement file' },
      ],
      [
        'payout.bank_rejected',
        'All withdrawals fail as "rejected by bank"',
        { kind: 'vendor', title: 'New bank partner for withdrawals' },
      ],
    ],
    size: [80, 150],
    course: (c) => ({ shape: 'burst', hours: hours(c, 10, 18) }),
    bound: [],
  },
  wrong_strikes: {
    kind: 'wrong_strikes',
    stories: [
      [
        'strikes.cooking',
        'A classifier strikes harmless cooking and craft videos',
        { kind: 'policy', title: 'Classifier model 48 goes live for video uploads' },
      ],
      [
        'strikes.music',
        'A classifier strikes dance videos as adult content',
        { kind: 'policy', title: 'Motion model 12 goes live for video uploads' },
      ],
    ],
    size: [70, 130],
    course: (c) => ({ shape: 'burst', hours: hours(c, 14, 30) }),
    bound: [],
  },
  dangerous_challenge: {
    kind: 'dangerous_challenge',
    stories: [
      ['challenge.rooftop', 'A trend draws young people to high places', null],
      ['challenge.spice', 'An eating challenge sends children to hospital', null],
    ],
    size: [40, 80],
    course: (c) => ({ shape: 'ramp', hours: hours(c, 18, 40) }),
    bound: [],
  },
  account_takeover: {
    kind: 'account_takeover',
    stories: [
      ['takeover.link', 'Accounts are taken over by a false copyright notice', null],
      ['takeover.sim', 'Accounts are taken over at night, mail and number changed at once', null],
    ],
    size: [45, 90],
    course: (c) => ({ shape: 'burst', hours: hours(c, 8, 16) }),
    bound: [],
  },
  doxxing: {
    kind: 'doxxing',
    stories: [['doxxing.creator', "One creator's home address is passed round", null]],
    size: [14, 24],
    course: (c) => ({ shape: 'burst', hours: hours(c, 6, 12) }),
    bound: ['country'],
  },
  slow_ramp: {
    kind: 'slow_ramp',
    stories: [
      [
        'ramp.feed_repeat',
        'The feed repeats the same videos more and more',
        { kind: 'flag', title: 'Ranking cache kept for 12 hours instead of 1' },
      ],
      [
        'ramp.login_codes',
        'Sign-in codes come later and later',
        { kind: 'vendor', title: 'Message provider adds a cheaper route' },
      ],
      [
        'vendor.id_check',
        'The identity check of a partner refuses every document',
        { kind: 'vendor', title: 'Document check moves to its new template set' },
      ],
    ],
    size: [90, 150],
    course: (c) => ({ shape: 'ramp', hours: hours(c, 80, 120) }),
    bound: ['country'],
  },
  fix_works: {
    kind: 'fix_works',
    stories: [
      [
        'fix.captions',
        'Captions come in the wrong language',
        { kind: 'flag', title: 'Media service v3 for 100 % of uploads' },
      ],
      ['fix.gifts', 'Bought coins are not credited', { kind: 'flag', title: 'Coin ledger split by region' }],
    ],
    size: [120, 180],
    course: (c) => ({ shape: 'until_fixed', hours: 200, fixAfter: hours(c, 48, 72), left: 0, fadeHours: 18 }),
    bound: ['platform'],
  },
  fix_half_works: {
    kind: 'fix_half_works',
    stories: [
      ['fix.live_kick', 'Viewers are thrown out of live', { kind: 'flag', title: 'Regional edge routing for live' }],
      [
        'macro.wrong_link',
        'An answer of support leads to a page that does not exist',
        { kind: 'other', title: 'Help centre moved to new addresses' },
      ],
    ],
    size: [150, 220],
    course: (c) => ({ shape: 'until_fixed', hours: 240, fixAfter: hours(c, 48, 72), left: 0.5, fadeHours: 18 }),
    bound: [],
  },
  fix_does_nothing: {
    kind: 'fix_does_nothing',
    stories: [
      ['fix.search', 'Search does not find names', { kind: 'flag', title: 'Search index v9 for names' }],
      [
        'ramp.login_codes',
        'Sign-in codes come late or never',
        { kind: 'vendor', title: 'Message provider adds a cheaper route' },
      ],
    ],
    size: [90, 140],
    course: (c) => ({ shape: 'fades', hours: 160, fixAfter: hours(c, 48, 72), halfLife: 36 }),
    bound: [],
  },
  fix_regresses: {
    kind: 'fix_regresses',
    stories: [
      ['fix.drafts', 'Drafts vanish overnight', { kind: 'flag', title: 'Storage clean-up job for temporary files' }],
    ],
    size: [120, 180],
    course: (c) => ({
      shape: 'returns',
      hours: 24 * 25,
      fixAfter: hours(c, 40, 60),
      backAfter: 24 * 21 + hours(c, 0, 30),
    }),
    bound: ['platform'],
  },
  outage: {
    kind: 'outage',
    stories: [
      [
        'outage.messages',
        'Messages are not delivered',
        { kind: 'outage', title: 'Message broker of one region is replaced' },
      ],
      [
        'outage.shop_pay',
        'Payment in the shop fails for everybody',
        { kind: 'outage', title: 'Card processor renews its certificates' },
      ],
    ],
    size: [60, 110],
    course: (c) => ({ shape: 'burst', hours: hours(c, 4, 8) }),
    bound: [],
  },
  mix_shift: {
    kind: 'mix_shift',
    stories: [
      [
        '',
        'A campaign brings twice as many people, and so twice as many voices,',
        { kind: 'other', title: 'Television campaign' },
      ],
    ],
    size: [0, 0],
    course: () => ({ shape: 'burst', hours: 60 }),
    bound: ['country'],
  },
};

/** How much of its full strength a course has, `hours` after onset: 0 to 1, and 0 once it is over. */
export function strengthAt(course: Course, after: number): number {
  if (after < 0 || after > course.hours) return 0;
  switch (course.shape) {
    case 'burst':
      return Math.min(1, 0.3 + after / 2) * (1 - (after / course.hours) ** 2);
    case 'ramp':
      return (after / course.hours) ** 1.2;
    case 'until_fixed': {
      const since = after - course.fixAfter;
      if (since < 0) return Math.min(1, 0.3 + after / 6);
      return course.left + (1 - course.left) * Math.max(0, 1 - since / course.fadeHours);
    }
    case 'fades':
      return Math.min(1, 0.4 + after / 4) * 0.5 ** (after / course.halfLife);
    case 'returns': {
      if (after < course.fixAfter) return Math.min(1, 0.3 + after / 6);
      if (after < course.backAfter) return Math.max(0, 1 - (after - course.fixAfter) / 12);
      return Math.min(1, 0.3 + (after - course.backAfter) / 6);
    }
  }
}
