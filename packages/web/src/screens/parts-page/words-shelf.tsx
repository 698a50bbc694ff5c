import type { IssueState } from '@groundswell/contract';
import { HistoryWords } from '../../parts/history-words.tsx';
import { LanguageChoice } from '../../parts/language-choice.tsx';
import { NewsDot, OwnerMark } from '../../parts/owner-mark.tsx';
import { PeopleHere } from '../../parts/people-here.tsx';
import { QueryNotes } from '../../parts/query-notes.tsx';
import { ServerWords, TheirWords } from '../../parts/refusal-words.tsx';
import { ImportStatus, IssueStatus } from '../../parts/status.tsx';
import { SliceWords, SurgeSentence, SurgeWord } from '../../parts/surge.tsx';
import { Time } from '../../parts/time.tsx';
import { Kept, UserContent, Words } from '../../parts/user-content.tsx';
import { WhyLine } from '../../parts/why-line.tsx';
import { ARABIC, LONG, NOW_THERE, ONSET, PEOPLE, REFUSAL, SURGE, TOLD } from './samples.ts';
import { Shelf, Specimen } from './specimen.tsx';

const STATES: readonly IssueState[] = [
  'suspected',
  'confirmed',
  'investigating',
  'fixing',
  'verifying',
  'verified',
  'not_verified',
  'regressed',
  'duplicate',
  'dismissed',
  'risk_accepted',
];
const shown = () => Promise.resolve('A text that was covered until it was asked for.');

export function StatusShelf() {
  return (
    <Shelf title="Status and time" why="icon, word and colour: take the colour away and nothing is lost">
      <Specimen of="IssueStatus" wide>
        <div className="row wrap">
          {STATES.map((state) => (
            <IssueStatus key={state} state={state} />
          ))}
        </div>
      </Specimen>
      <Specimen of="ImportStatus">
        <div className="row wrap">
          {(['uploaded', 'running', 'done', 'failed', 'cancelled'] as const).map((state) => (
            <ImportStatus key={state} state={state} />
          ))}
        </div>
      </Specimen>
      <Specimen of="Time: ago, clock, day, full; UTC one hover away">
        <p className="row wrap">
          {(['ago', 'clock', 'day', 'full'] as const).map((show) => (
            <Time key={show} at={ONSET} show={show} />
          ))}
        </p>
      </Specimen>
      <Specimen of="SurgeWord">
        <p className="row wrap">
          {(['growing', 'level', 'falling', 'over'] as const).map((trend) => (
            <SurgeWord key={trend} surge={{ ...SURGE, trend }} />
          ))}
          <SurgeWord surge={{ ...SURGE, ratio: null }} />
        </p>
      </Specimen>
      <Specimen of="SurgeSentence, SliceWords">
        <p className="finding">
          <SurgeSentence surge={SURGE} historical={false} /> <SliceWords slice={SURGE.slice} />
        </p>
      </Specimen>
      <PeopleAndServer />
    </Shelf>
  );
}

function PeopleAndServer() {
  return (
    <>
      <Specimen of="PeopleHere: two, and four with their names">
        <div className="stack tight">
          <PeopleHere people={PEOPLE.slice(0, 2)} />
          <PeopleHere people={PEOPLE} said />
        </div>
      </Specimen>
      <Specimen of="OwnerMark: a name, the initials alone, nobody; NewsDot">
        <div className="row wrap">
          <OwnerMark owner={PEOPLE[0]!} />
          <OwnerMark owner={PEOPLE[1]!} small />
          <OwnerMark owner={null} />
          <span>
            <NewsDot news /> IS-204
          </span>
        </div>
      </Specimen>
      <Specimen of="LanguageChoice">
        <LanguageChoice />
      </Specimen>
      <Specimen of="ServerWords; TheirWords, for readers of other languages than English">
        <p>
          <ServerWords>{REFUSAL.message}</ServerWords>
        </p>
        <TheirWords of={REFUSAL} />
      </Specimen>
      <Specimen of="HistoryWords">
        <HistoryWords line={NOW_THERE.history[0]!} />
      </Specimen>
    </>
  );
}

export function WordsShelf() {
  return (
    <Shelf title="Words of people" why="isolated, in their own direction, covered from X2 up">
      <Specimen of="UserContent">
        <UserContent content={TOLD.plain} marks={['upload']} />
      </Specimen>
      <Specimen of="UserContent, Arabic">
        <UserContent content={TOLD.arabic} />
      </Specimen>
      <Specimen of="UserContent, Japanese">
        <UserContent content={TOLD.japanese} />
      </Specimen>
      <Specimen of="UserContent, long, in a list">
        <UserContent content={TOLD.long} />
      </Specimen>
      <Specimen of="UserContent, with masks">
        <UserContent content={TOLD.masked} size="full" />
      </Specimen>
      <Specimen of="UserContent, covered">
        <UserContent content={TOLD.covered} onReveal={shown} />
      </Specimen>
      <Specimen of="UserContent, covered and not to be shown by this person">
        <UserContent content={TOLD.covered} />
      </Specimen>
      <Specimen of="Words and Kept: short ones, either direction, too long">
        <ul>
          <li>
            <Words>{ARABIC}</Words> · 12
          </li>
          <li className="clip">
            <Kept>{LONG}</Kept>
          </li>
        </ul>
      </Specimen>
      <Specimen of="WhyLine, QueryNotes">
        <WhyLine
          why={{
            marks: [{ in: 'text', at: [3, 9], asked: 'uplaod', how: 'fuzzy' }],
            fields: ['country:BR'],
            covered: false,
          }}
          texts={{ text: 'My upload stops.' }}
        />
        <QueryNotes notes={[{ code: 'unclosed_quote', said: '"stops at', at: [0, 9] }]} />
      </Specimen>
    </Shelf>
  );
}
