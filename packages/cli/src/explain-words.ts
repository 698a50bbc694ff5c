/** Findings as sentences that can be read aloud. Words are those of the product: signals, slices, where it is. */
import type { Condition, Estimate, Explanation, Slice, TableExplanation, TableSlice } from '@groundswell/analytics';

const FROM: Readonly<Record<Condition['form'], (said: string) => string>> = {
  value: (said) => said,
  from: (said) => `${said} or later`,
  to: (said) => `${said} or earlier`,
  prefix: (said) => said,
  between: (said) => said,
};

/** @example conditionsSaid([{ dimension: 'platform', form: 'value', values: ['ios'], said: 'ios' }]); // 'platform ios' */
const conditionsSaid = (conditions: readonly Condition[]): string =>
  conditions
    .map(({ dimension, form, said }) => `${dimension} ${said === '' ? '(none)' : FROM[form](said)}`)
    .join(' and ');

/** Whole numbers from a hundred on, two digits that count below. */
function numberSaid(value: number): string {
  if (value === Infinity) return 'any number';
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return size >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toFixed(digits)));
}

const rangeSaid = ({ low, high }: Estimate): string => `${numberSaid(low)} to ${numberSaid(high)}`;
const percentSaid = (share: number): string => `${Math.round(share * 100)} %`;
const chanceSaid = (q: number): string => (q < 0.0001 ? 'below 1 in 10,000' : String(Number(q.toPrecision(2))));

/** The whole answer, a sentence a line, strongest slice first. */
export function explanationSaid(found: Explanation): string[] {
  const { slices, overall, verdict } = found;
  const head = `${overall.observed.toLocaleString('en')} signals in the window; ${numberSaid(overall.expected)} were to be expected.`;
  if (verdict === 'too_few') return [head, 'Too few signals to say where they come from.', ...assumedSaid(found)];
  const rest = restSaid(found);
  if (slices.length === 0) return [head, rest, ...assumedSaid(found)];
  return [head, ...slices.flatMap((slice, i) => sliceSaid(slice, i + 1)), rest, ...assumedSaid(found)];
}

function restSaid({ verdict, slices, overall: { growth } }: Explanation): string {
  const times = `${numberSaid(growth.value)} times the expected (95 %: ${rangeSaid(growth)})`;
  if (verdict === 'even') return `No slice: everything ${growth.value > 1 ? 'grew' : 'shrank'} together, to ${times}.`;
  if (verdict === 'nothing') return `No slice, and no growth beyond chance: ${times}.`;
  return `Everything outside ${slices.length === 1 ? 'this slice' : 'these slices'} is at ${times}.`;
}

function sliceSaid(slice: Slice, rank: number): string[] {
  const { conditions, observed, expected, excess, ratio, shareOfExcess, qValue, past, since } = slice;
  const times =
    past > 0 && ratio.value < Infinity ? `, ${numberSaid(ratio.value)} times as many (${rangeSaid(ratio)})` : '';
  const known = past > 0 ? '' : ' It has no past: what its users usually bring is not known.';
  const lines = [
    `${rank}. ${conditionsSaid(conditions)}: ${observed} signals where ${numberSaid(expected)} were to be expected${times}. ` +
      `That is ${numberSaid(excess.value)} too many (95 %: ${rangeSaid(excess)}), ${percentSaid(shareOfExcess)} of the excess; ` +
      `chance of a mistake (q) ${chanceSaid(qValue)}.${known}`,
  ];
  if (since !== null)
    lines.push(`   Raised since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC.`);
  const said = (list: readonly (readonly Condition[])[]): string => list.map(conditionsSaid).join('; ');
  if (slice.equivalents.length > 0) lines.push(`   The same signals are: ${said(slice.equivalents)}.`);
  if (slice.nearly.length > 0) lines.push(`   Almost as good an answer: ${said(slice.nearly)}.`);
  return lines;
}

function assumedSaid({ assumed, judged }: Explanation): string[] {
  const { exposure, unknown, sameHours, borrowed, unrest } = assumed;
  const lines = [
    exposure === 'given'
      ? `Rates use the exposure that was given${unknown > 0 ? `; ${percentSaid(unknown)} of the signals are not in it` : ''}.`
      : 'No exposure was given: the same number of users is assumed before and now, everywhere.',
  ];
  if (sameHours) lines.push("Only the window's hours of the day (UTC) were compared.");
  for (const { dimension, value, from } of borrowed) {
    lines.push(`${dimension} ${value} has no past; that of ${from} stands in for it, by its own users.`);
  }
  lines.push(
    `${judged.toLocaleString('en')} slices were compared; shares differ by ${percentSaid(unrest)} between past days beyond chance.`,
  );
  return lines;
}

/** The same for a table of real and predicted values. */
export function tableSaid({ slices, overall, judged }: TableExplanation): string[] {
  const away = `An ordinary row lies ${percentSaid(Math.abs(overall))} ${overall > 0 ? 'below' : 'above'} its forecast; ${judged.toLocaleString('en')} slices were compared.`;
  if (slices.length === 0) return ['No slice: nothing leaves its forecast more than the rest does.', away];
  return [...slices.map((slice, i) => tableSliceSaid(slice, i + 1)), away];
}

function tableSliceSaid({ conditions, real, predict, deviation, share, leaves }: TableSlice, rank: number): string {
  const side = deviation.value > 0 ? 'below' : 'above';
  const limits = [Math.abs(deviation.low), Math.abs(deviation.high)].sort((a, b) => a - b).map(percentSaid);
  return (
    `${rank}. ${conditionsSaid(conditions)}: ${numberSaid(real)} where ${numberSaid(predict)} was forecast, ` +
    `${percentSaid(Math.abs(deviation.value))} further ${side} than the rest (95 %: ${limits.join(' to ')}), in ${leaves} rows; ` +
    `${percentSaid(share)} of all that deviates to this side.`
  );
}
