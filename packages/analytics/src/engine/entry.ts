/**
 * What goes into the engine and what comes out of it. The words are neutral on purpose: this package knows texts,
 * times and counts. An *item* is one text with a time, a *group* is a set of items about the same thing, a *surge* is
 * the statement that a group is new or growing beyond its expected share of the stream.
 */

/** One text with its time, as the engine reads it. */
export interface Item {
  /** Unique within the stream. */
  readonly id: string;
  /** Event time in ms since 1970 UTC: when it was said, not when it was read. */
  readonly at: number;
  /** Title and text, joined by the caller; any language. */
  readonly text: string;
  /** Who said it (pseudonym), or null where the source does not tell. One author counts once per group and day. */
  readonly author: string | null;
  /** Stars 1–5, or null where there are none. */
  readonly rating: number | null;
  /** Open attributes (version, platform, country …) tested as slices inside groups. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Id of the earlier revision that this one replaces, or null. A replacement is not new evidence. */
  readonly replaces: string | null;
  /** Its words may not be shown unasked: it is grouped and counted, and no name is made of it. */
  readonly covered?: boolean;
}

/** One line of the stream's log. `position` rises by one from entry to entry. */
export type Entry = { readonly position: number } & (
  | { readonly kind: 'items'; readonly items: readonly Item[] }
  /** People joined two groups: `from` lives on as an alias of `into`, and remembers which items are its own. */
  | { readonly kind: 'merge'; readonly from: string; readonly into: string }
  /** People took a merge back: `group` is a group of its own again, with what it brought and what has come to it since. */
  | { readonly kind: 'part'; readonly group: string }
  /** People took these items out of `group` into a new one, which they call `into`. A surge that is open goes with them. */
  | { readonly kind: 'split'; readonly group: string; readonly items: readonly string[]; readonly into: string }
  /** People put these items into a group, or into none; with `keep` nothing but people takes them out again. */
  | { readonly kind: 'move'; readonly items: readonly string[]; readonly into: string | null; readonly keep: boolean }
  /** People said "not news": the group keeps its members and stays quiet unless it grows well beyond what was dismissed. */
  | { readonly kind: 'dismiss'; readonly group: string }
  | { readonly kind: 'settings'; readonly falseAlertsPerWeek: number; readonly shift?: number }
  /** Active users per day, for later use; kept out of the evidence in this version. */
  | { readonly kind: 'exposure'; readonly day: number; readonly active: number }
  /** These items were taken out of the stream: nothing derived from them may remain. */
  | { readonly kind: 'withdraw'; readonly items: readonly string[] }
  /** A stored state of another run (a history run) whose vocabulary, baselines and groups are folded into this one. */
  | { readonly kind: 'basis'; readonly basis: Uint8Array }
);

/** Share of the stream that a group is expected to have: a Gamma posterior for "items of the group per item of the stream". */
export interface ExpectedShare {
  /** Gamma shape, > 0. */
  readonly shape: number;
  /** Gamma rate in stream items, > 0: the mean share is `shape / rate`. */
  readonly rate: number;
  /** Extra variance of the counts: Var = mean + dispersion · mean². */
  readonly dispersion: number;
}

export type Output =
  /**
   * The item's present group; null when it left its group. Sent again when it moves. `origin` is the group that it would
   * be in without merges: whoever keeps both can take a merge back.
   */
  | { readonly kind: 'assigned'; readonly item: string; readonly group: string | null; readonly origin: string | null }
  /** A group came to be, or what we can say of it changed. */
  | {
      readonly kind: 'group';
      readonly group: string;
      /** Short name from its own words: safe characters only, at most 80. */
      readonly label: string;
      /** Up to 6 words or word pairs that set it apart from the stream. */
      readonly phrases: readonly string[];
      /** The member that stands nearest to all others: the one to quote. */
      readonly medoid: string;
      readonly firstAt: number;
      readonly lastAt: number;
      readonly members: number;
      readonly expected: ExpectedShare;
    }
  /** A group is new or grows beyond its expected share. The same `surge` again is an update: later, with more members. */
  | {
      readonly kind: 'surge';
      readonly surge: string;
      readonly group: string;
      readonly update: boolean;
      /** Engine time when it was noticed (for an update: now), ms. */
      readonly at: number;
      /** When the excursion began, ms; ≤ `at`. */
      readonly onsetAt: number;
      readonly pattern: 'new' | 'growing';
      /** Since onset: distinct authors' items seen, what was expected, and the 95 % range of what was expected. */
      readonly observed: number;
      readonly expected: number;
      readonly low: number;
      readonly high: number;
      /** ln of the e-value reached, in nats. */
      readonly logEvidence: number;
      /** ln of the threshold it had to pass, in nats. */
      readonly threshold: number;
      /** The slice that explains it (dimension → value), or null when it is not concentrated. */
      readonly slice: Readonly<Record<string, string>> | null;
      /** Members that made it a surge, oldest first; none later than `at`. */
      readonly items: readonly string[];
      readonly expectedShare: ExpectedShare;
    };
