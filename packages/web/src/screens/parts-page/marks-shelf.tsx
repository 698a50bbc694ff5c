import type { CaseState } from '@groundswell/contract';
import { PRIORITIES } from '@groundswell/contract';
import { CaseStateMark, ClockBadge, ExposureMark, PriorityMark } from '../../parts/case-marks.tsx';
import { CaseName } from '../../parts/case-name.tsx';
import { PrioritySteps } from '../../parts/priority-steps.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { NOTICED } from './samples.ts';
import { Shelf, Specimen } from './specimen.tsx';

const STATES: readonly CaseState[] = [
  ...(['new', 'triaged', 'working', 'waiting', 'resolved', 'closed'] as const),
  ...(['reopened', 'duplicate', 'not_ours'] as const),
];
const HOUR_MS = 3_600_000;
const clock = (remainingMs: number, share: number, phase: 'running' | 'paused' = 'running') => ({
  ...{ metric: 'first_answer' as const, dueAt: NOTICED, counting: false },
  ...{ remainingMs, share, phase },
});

const NAMED = [
  { title: 'Payouts stand still', harm: null, support: null, kind: 'escalation' },
  { title: null, harm: 'self_harm.imminent', support: null, kind: 'escalation' },
  { title: null, harm: null, support: null, kind: 'investigation' },
] as const;

export function MarksShelf() {
  return (
    <Shelf title="How grave, how fast, how long" why="form and letter say it, colour repeats it">
      <Specimen of="SeverityMark: proposed, said, bare">
        <div className="row wrap">
          {([1, 2, 3, 4] as const).map((severity) => (
            <SeverityMark key={severity} severity={severity} />
          ))}
          <SeverityMark severity={2} said />
          <SeverityMark severity={2} bare />
        </div>
      </Specimen>
      <Specimen of="PriorityMark, and long">
        <div className="row wrap">
          {PRIORITIES.map((priority) => (
            <PriorityMark key={priority} priority={priority} />
          ))}
          <PriorityMark priority="P0" long />
        </div>
      </Specimen>
      <Specimen of="CaseStateMark, and for whom it waits" wide>
        <div className="row wrap">
          {STATES.map((state) => (
            <CaseStateMark key={state} state={state} />
          ))}
          <CaseStateMark state="waiting" waitingFor="partner" />
        </div>
      </Specimen>
      <Specimen of="CaseName: given, by its harm, by its kind">
        <ul>
          {NAMED.map((row) => (
            <li key={row.title ?? row.harm ?? row.kind}>
              <CaseName row={row} />
            </li>
          ))}
        </ul>
      </Specimen>
      <Specimen of="PrioritySteps">
        <PrioritySteps
          reasons={[
            { code: 'harm', value: 'self_harm.imminent', from: 'P3', to: 'P0' },
            { code: 'imminence', value: 'now', from: 'P0', to: 'P0' },
          ]}
        />
      </Specimen>
      <Weights />
    </Shelf>
  );
}

/** How hard it is to look at, and how long there is. */
function Weights() {
  return (
    <>
      <Specimen of="ExposureMark">
        <div className="row wrap">
          {[0, 1, 2, 3, 4].map((exposure) => (
            <ExposureMark key={exposure} exposure={exposure} />
          ))}
        </div>
      </Specimen>
      <Specimen of="ClockBadge: calm, soon, late, standing, named">
        <div className="row wrap">
          <ClockBadge clock={clock(20 * HOUR_MS, 0.1)} />
          <ClockBadge clock={clock(HOUR_MS, 0.9)} />
          <ClockBadge clock={clock(-2 * HOUR_MS, 1.3)} />
          <ClockBadge clock={clock(5 * HOUR_MS, 0.4, 'paused')} />
          <ClockBadge clock={clock(HOUR_MS, 0.5)} named />
        </div>
      </Specimen>
    </>
  );
}
