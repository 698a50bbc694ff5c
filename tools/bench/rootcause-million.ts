/** How long a million events of eight dimensions take to explain, with one planted cause: `node tools/bench/rootcause-million.ts`. */
import { encodeColumn, explainEvents } from '../../packages/analytics/src/index.ts';
import { sayLoad } from './intake-house.ts';
import { Dice } from './rootcause-dice.ts';

const EVENTS = 1_000_000;
const DAY = 86_400_000;
/** Different values of each dimension; the first is a version. */
const SIZES = [20, 4, 25, 12, 8, 3, 40, 10];
/** Dimensions whose fourth value is the cause, and the share of the last day that it brings. */
const CAUSE = [0, 2];
const SHARE = 0.03;

const dice = new Dice(11);
const at = new Float64Array(EVENTS);
const values = SIZES.map(() => new Array<string>(EVENTS));
for (let i = 0; i < EVENTS; i++) {
  const moment = dice.next() * 15 * DAY;
  at[i] = moment;
  const caused = dice.next() < SHARE && moment > 14 * DAY;
  SIZES.forEach((size, d) => {
    const drawn = Math.floor(size * dice.next() ** 2);
    const value = caused && CAUSE.includes(d) ? 3 : drawn;
    values[d]![i] = d === 0 ? `4.${value}.0` : `v${value}`;
  });
}

const cpu = process.cpuUsage();
const began = performance.now();
const columns = values.map((column, d) => encodeColumn(`d${d}`, column));
const encoded = performance.now();
const periods = { baseline: { from: 0, to: 14 * DAY }, window: { from: 14 * DAY, to: 15 * DAY } };
const { slices, judged } = explainEvents({ at, columns }, periods);
const done = performance.now();
const { user, system } = process.cpuUsage(cpu);
const seconds = (ms: number): string => (ms / 1000).toFixed(2);
console.log(
  `encoded in ${seconds(encoded - began)} s, explained in ${seconds(done - encoded)} s (${seconds((user + system) / 1000)} s of the processor in all), ` +
    `${judged} slices judged, said: ${slices.map(({ conditions }) => conditions.map(({ said }) => said).join(' and ')).join('; ')}; ${sayLoad()}`,
);
