import type { SignalExplanation } from '@groundswell/contract';
import { ExplanationView } from '../../parts/explanation-view.tsx';
import { NOTICED, ONSET } from './samples.ts';
import { Shelf, Specimen } from './specimen.tsx';

const side = (signals: number) => ({ from: ONSET, to: NOTICED, signals, looked: signals });
const EVEN: SignalExplanation = {
  verdict: 'even',
  against: 'previous',
  window: side(420),
  baseline: side(210),
  slices: [],
  overall: { observed: 420, expected: 210, growth: { value: 2, low: 1.7, high: 2.4 } },
  spared: [],
  grid: null,
  judged: 96,
  dimensions: ['app_version', 'country'],
  assumed: { exposure: 'even', unknown: 0, sameHours: true, borrowed: [], unrest: 0.1 },
};
const SLICES: SignalExplanation = {
  ...EVEN,
  verdict: 'slices',
  slices: [
    {
      conditions: [
        { dimension: 'app_version', form: 'value', said: '38.1.2' },
        { dimension: 'country', form: 'value', said: 'BR' },
      ],
      ...{ observed: 260, expected: 42, past: 40, shareOfExcess: 0.94, qValue: 0.0001, since: ONSET, opens: null },
      excess: { value: 218, low: 186, high: 252 },
      ratio: { value: 6.2, low: 4.6, high: 8.6 },
      equivalents: [],
      nearly: [[{ dimension: 'app_version', form: 'from', said: '38.1' }]],
    },
  ],
  spared: [
    {
      ...{ dimension: 'country', value: 'DE', observed: 31, expected: 30 },
      ratio: { value: 1, low: 0.7, high: 1.5 },
    },
  ],
  grid: {
    rows: { dimension: 'app_version', values: ['38.1.2', '38.1.1'] },
    columns: { dimension: 'country', values: ['BR', 'DE'] },
    observed: [
      [260, 31],
      [70, 59],
    ],
    expected: [
      [42, 30],
      [72, 66],
    ],
  },
};

export function ExplanationShelf() {
  return (
    <Shelf title="Where it is" why="to be read aloud, then to be seen, then what it rests on">
      <Specimen of="ExplanationView: one slice" wide>
        <ExplanationView of={SLICES} />
      </Specimen>
      <Specimen of="ExplanationView: everything grew alike" wide>
        <ExplanationView of={EVEN} />
      </Specimen>
    </Shelf>
  );
}
