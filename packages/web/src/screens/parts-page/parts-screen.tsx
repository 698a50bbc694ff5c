import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Segments } from '../../parts/button.tsx';
import { FailedPage } from '../../parts/failed-page.tsx';
import { useDensity } from '../../parts/look.ts';
import { Page } from '../../parts/page.tsx';
import { ActsShelf } from './acts-shelf.tsx';
import { ChartsShelf } from './charts-shelf.tsx';
import { ColoursShelf } from './colours-shelf.tsx';
import { DialogsShelf } from './dialogs-shelf.tsx';
import { ExplanationShelf } from './explanation-shelf.tsx';
import { FieldsShelf } from './fields-shelf.tsx';
import { forceStates } from './forced-states.ts';
import { MarksShelf } from './marks-shelf.tsx';
import { NotesShelf } from './notes-shelf.tsx';
import './parts-page.css';
import { FAULT } from './samples.ts';
import { StatusShelf, WordsShelf } from './words-shelf.tsx';

/**
 * Every part of `parts/` in every state it can be in, drawn by the parts themselves. `?dir=rtl` mirrors it, `?theme=dark`
 * darkens it, `?page=failed` shows the one part that is a page.
 */
export function PartsScreen() {
  useEffect(forceStates, []);
  const asked = new URLSearchParams(location.search);
  if (asked.get('page') === 'failed')
    return (
      <main className="parts-main">
        <FailedPage
          title="Issue"
          crumb={{ to: '/', label: 'Issues', here: 'IS-204' }}
          error={FAULT}
          onRetry={() => {}}
        />
      </main>
    );
  return (
    <main className="parts-main">
      <Page
        title="Parts"
        state="What the screens are made of. Only while one works on them."
        acts={<Controls asked={asked} />}
      >
        <div className="parts-page">
          <ActsShelf />
          <FieldsShelf />
          <NotesShelf />
          <StatusShelf />
          <MarksShelf />
          <WordsShelf />
          <ChartsShelf />
          <ExplanationShelf />
          <DialogsShelf />
          <ColoursShelf />
        </div>
      </Page>
    </main>
  );
}

const THEMES = ['light', 'dark'] as const;
const SIDES = ['ltr', 'rtl'] as const;
const sides = { ltr: 'From the left', rtl: 'From the right' };

function Controls({ asked }: { asked: URLSearchParams }) {
  const { setColorScheme } = useMantineColorScheme();
  const { compact, toggle } = useDensity();
  const [theme, setTheme] = useState(THEMES.find((one) => one === asked.get('theme')) ?? 'light');
  const [side, setSide] = useState(SIDES.find((one) => one === asked.get('dir')) ?? 'ltr');
  useEffect(() => setColorScheme(theme), [theme, setColorScheme]);
  useEffect(() => {
    document.documentElement.dir = side;
  }, [side]);
  useEffect(() => history.replaceState(null, '', `?theme=${theme}&dir=${side}`), [theme, side]);
  return (
    <div className="row wrap">
      <Segments
        label="Theme"
        value={theme}
        options={THEMES.map((value) => ({ value, label: value }))}
        onChange={setTheme}
      />
      <Segments
        label="Direction"
        value={side}
        options={SIDES.map((value) => ({ value, label: sides[value] }))}
        onChange={setSide}
      />
      <Segments
        label="Density"
        value={compact ? 'compact' : 'roomy'}
        options={[
          { value: 'roomy', label: 'Roomy' },
          { value: 'compact', label: 'Compact' },
        ]}
        onChange={toggle}
      />
    </div>
  );
}
