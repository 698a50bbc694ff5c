/** In which manner people write about a thing: nobody restarts a phone over a hateful comment, or counts followers in grief. */

export interface Manner {
  /** How likely each kind of phrase around a statement is, against what is usual for a fault of the app. */
  readonly context: number;
  readonly tried: number;
  readonly effect: number;
  readonly creator: number;
  /** Nothing is wrong: thanks, a wish, a question. */
  readonly glad: boolean;
  /** Politely, whoever writes. */
  readonly gentle: boolean;
}

const manner = (
  context: number,
  tried: number,
  effect: number,
  creator: number,
  kind: 'glad' | 'gentle' | '' = '',
) => ({
  ...{ context, tried, effect, creator },
  ...{ glad: kind === 'glad', gentle: kind === 'gentle' },
});

const FAULT: Manner = manner(1, 1, 1, 1);
/** By the first words of an intent or story: the first that fits. */
const MANNERS: readonly (readonly [RegExp, Manner])[] = [
  [/^talk\.(praise|request)/, manner(0, 0, 0, 0, 'glad')],
  [/^talk\.question/, manner(0, 0, 0, 1, 'glad')],
  [/^talk\./, manner(0, 0, 0.6, 0)],
  [/^(family_wellbeing\.memorial|self_harm\.(support|imminent))/, manner(0, 0, 0, 0, 'gentle')],
  [/^(child_safety|self_harm|violence|extremism|hate|animal_welfare|sexual|regulated_goods)\./, manner(0, 0, 0, 0)],
  [
    /^(dangerous_acts|bullying|privacy|integrity|fraud|unclassified|safety_report|challenge|doxxing)\./,
    manner(0, 0, 0, 0),
  ],
  [/^rights_consumer\./, manner(0, 0, 0.2, 0.4)],
  [/^(enforcement_appeals|strikes|verification|vendor)\b/, manner(0.3, 0.15, 1, 1)],
  [/^(shop|privacy_data|family_wellbeing|outage\.shop)\b/, manner(0.35, 0.3, 0.7, 0.1)],
  [/^(ads|monetisation|payout|reach|fix\.gifts)\b/, manner(0.5, 0.5, 1, 1.2)],
];

/**
 * The manner for an intent or story.
 * @example
 * mannerOf('hate.hate_speech/comments').tried; // 0
 */
export const mannerOf = (label: string): Manner => MANNERS.find(([pattern]) => pattern.test(label))?.[1] ?? FAULT;
