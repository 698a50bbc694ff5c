/** Severity S1 to S4 = impact × urgency, by a table that a house can change. Pure: the screen previews with the same rules. */
import { z } from 'zod';
import { HARMS, type HarmCode } from './cases-harm.ts';

/** 1 is the gravest. */
export const Severity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Severity = z.infer<typeof Severity>;

/** From many people to few. */
export const IMPACTS = ['wide', 'many', 'some', 'few'] as const;
export type ImpactLevel = (typeof IMPACTS)[number];
export const URGENCIES = ['rising', 'steady', 'falling'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** `[wide, many, some]`: at least so much; what is below the last is few. */
const Steps = z
  .tuple([z.number().positive(), z.number().positive(), z.number().positive()])
  .refine(([wide, many, some]) => wide > many && many > some, 'The steps go down: wide, many, some.');

const Row = z.object({ rising: Severity, steady: Severity, falling: Severity });

export const SeverityRules = z.object({
  /** People who wrote in. */
  people: Steps,
  /** People who wrote in for 1,000 active ones. */
  per1000: Steps,
  table: z.object({ wide: Row, many: Row, some: Row, few: Row }),
});
export type SeverityRules = z.infer<typeof SeverityRules>;

/** Where a house begins. The steps are ours, not a standard's: a house sets its own size. */
export const FIRST_RULES: SeverityRules = {
  people: [1_000, 100, 10],
  per1000: [5, 0.5, 0.05],
  table: {
    wide: { rising: 1, steady: 1, falling: 2 },
    many: { rising: 2, steady: 2, falling: 3 },
    some: { rising: 3, steady: 3, falling: 4 },
    few: { rising: 3, steady: 4, falling: 4 },
  },
};

/** What an issue does, as far as it is known. */
export interface Impact {
  /** Unique authors; null where no source names them. */
  readonly people: number | null;
  readonly per1000: number | null;
  /** Signals of the last day by those of the day before, with the 95 % interval; null when there is too little of both. */
  readonly growth: { readonly ratio: number; readonly low: number; readonly high: number } | null;
  readonly over: boolean;
  readonly harm: HarmCode | null;
}

/** One line of why: what was known, and what it makes of it. */
export const SeverityReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('people'), value: z.number(), impact: z.enum(IMPACTS) }),
  z.object({ code: z.literal('per1000'), value: z.number(), impact: z.enum(IMPACTS) }),
  z.object({ code: z.literal('unknown_people'), impact: z.enum(IMPACTS) }),
  z.object({ code: z.literal('harm'), harm: z.string(), floor: z.int(), impact: z.enum(IMPACTS) }),
  z.object({
    code: z.literal('growth'),
    value: z.number(),
    low: z.number(),
    high: z.number(),
    urgency: z.enum(URGENCIES),
  }),
  z.object({ code: z.literal('over'), urgency: z.enum(URGENCIES) }),
  z.object({ code: z.literal('unknown_growth'), urgency: z.enum(URGENCIES) }),
  z.object({ code: z.literal('harm_is_urgent'), urgency: z.enum(URGENCIES) }),
]);
export type SeverityReason = z.infer<typeof SeverityReason>;

export const SeverityProposal = z.object({
  severity: Severity,
  impact: z.enum(IMPACTS),
  urgency: z.enum(URGENCIES),
  reasons: z.array(SeverityReason),
});
export type SeverityProposal = z.infer<typeof SeverityProposal>;

/** Floors of harm P0 to P4, as impact: whoever is hurt so badly counts for many. How many follow them is never asked. */
const OF_FLOOR: readonly ImpactLevel[] = ['wide', 'many', 'some', 'few', 'few'];
/** Harm with a floor of P0 or P1 does not wait for growth. */
const URGENT_FLOOR = 1;

const levelOf = (value: number, steps: readonly number[]): ImpactLevel => {
  const step = steps.findIndex((least) => value >= least);
  return IMPACTS[step < 0 ? IMPACTS.length - 1 : step]!;
};
const gravest = <T>(order: readonly T[], found: readonly T[]): T => order.find((level) => found.includes(level))!;

/**
 * The severity that follows from what is known, and from what it follows. The gravest of each kind of reason counts; no
 * reason lowers another.
 *
 * @example
 * proposeSeverity({ people: 140, per1000: null, growth: null, over: false, harm: null }).severity; // 2
 */
export function proposeSeverity(known: Impact, rules: SeverityRules = FIRST_RULES): SeverityProposal {
  const ofImpact = [...sizes(known, rules), ...harms(known)];
  const impact = gravest(
    IMPACTS,
    ofImpact.map((reason) => reason.impact),
  );
  const ofUrgency = urgencies(known);
  const urgency = gravest(
    URGENCIES,
    ofUrgency.map((reason) => reason.urgency),
  );
  return { severity: rules.table[impact][urgency], impact, urgency, reasons: [...ofImpact, ...ofUrgency] };
}

type ImpactReason = Extract<SeverityReason, { impact: ImpactLevel }>;
type UrgencyReason = Extract<SeverityReason, { urgency: Urgency }>;

function sizes({ people, per1000 }: Impact, rules: SeverityRules): ImpactReason[] {
  const found: ImpactReason[] = [];
  if (people !== null) found.push({ code: 'people', value: people, impact: levelOf(people, rules.people) });
  if (per1000 !== null) found.push({ code: 'per1000', value: per1000, impact: levelOf(per1000, rules.per1000) });
  return found.length > 0 ? found : [{ code: 'unknown_people', impact: 'few' }];
}

function harms({ harm }: Impact): ImpactReason[] {
  if (harm === null) return [];
  const [floor] = HARMS[harm];
  return [{ code: 'harm', harm, floor, impact: OF_FLOOR[floor]! }];
}

function urgencies({ growth, over, harm }: Impact): UrgencyReason[] {
  const found: UrgencyReason[] = [];
  if (over) found.push({ code: 'over', urgency: 'falling' });
  else if (growth === null) found.push({ code: 'unknown_growth', urgency: 'steady' });
  else {
    const urgency = growth.low > 1 ? 'rising' : growth.high < 1 ? 'falling' : 'steady';
    found.push({ code: 'growth', value: growth.ratio, low: growth.low, high: growth.high, urgency });
  }
  if (harm !== null && HARMS[harm][0] <= URGENT_FLOOR) found.push({ code: 'harm_is_urgent', urgency: 'steady' });
  return found;
}
