import { useQuery } from '@tanstack/react-query';
import { Button } from '../../parts/button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote, ErrorNote, Skeleton } from '../../parts/notes.tsx';
import { WaitingRows } from '../../parts/steady-rows.tsx';
import { FAULT, REFUSAL } from './samples.ts';
import { Shelf, Specimen } from './specimen.tsx';

const NOTHING = () => {};

export function NotesShelf() {
  return (
    <Shelf title="Empty, waiting, failed" why="what is true, what is safe, what to do">
      <Specimen of="EmptyNote, calm">
        <EmptyNote>Nothing needs you now. The last signal came four minutes ago.</EmptyNote>
      </Specimen>
      <Specimen of="EmptyNote, unknown, with an act">
        <EmptyNote tone="unknown" action={<Button small>Import a file</Button>}>
          No signals yet: there is no source.
        </EmptyNote>
      </Specimen>
      <Specimen of="ErrorNote, a fault: tried again, with its code">
        <ErrorNote error={FAULT} onRetry={NOTHING} />
      </Specimen>
      <Specimen of="ErrorNote, a foreseen no">
        <ErrorNote error={REFUSAL} />
      </Specimen>
      <Specimen of="Skeleton: nothing for 300 ms, words after 5 s">
        <Skeleton lines={4} waitingFor="Counting 1,204,311 signals." />
      </Specimen>
      <Specimen of="WaitingRows: it moves nothing">
        <div className="parts-waiting">
          <WaitingRows count={4} onTakeIn={NOTHING} />
        </div>
      </Specimen>
      {(['waiting', 'failed', 'empty', 'filled'] as const).map((state) => (
        <Specimen key={state} of={`Loaded, ${state}`}>
          <LoadedIn state={state} />
        </Specimen>
      ))}
    </Shelf>
  );
}

/** The real part over a real query that never answers, fails, answers nothing, answers. */
function LoadedIn({ state }: { state: 'waiting' | 'failed' | 'empty' | 'filled' }) {
  const query = useQuery({
    queryKey: ['parts', state],
    queryFn: (): Promise<readonly string[]> => {
      if (state === 'waiting') return new Promise(NOTHING);
      if (state === 'failed') return Promise.reject(FAULT);
      return Promise.resolve(state === 'filled' ? ['One', 'Two', 'Three'] : []);
    },
    retry: false,
  });
  return (
    <Loaded
      query={query}
      lines={3}
      isEmpty={(rows) => rows.length === 0}
      empty="Nothing here. It comes with the first import."
    >
      {(rows) => (
        <ul className="stack tight">
          {rows.map((row) => (
            <li key={row}>{row}</li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
