import { cleanup, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { BothVersions, useSeen } from './both-versions.tsx';

afterEach(cleanup);

interface Team {
  version: number;
  name: string;
}
const sent: [number, string][] = [];

/** A form over something that others change too. */
function Form({ now, saving = false }: { now: Team; saving?: boolean }) {
  const [name, setName] = useState(now.name);
  const { seen, met } = useSeen(now, ({ version }) => version, saving);
  return (
    <div>
      <input aria-label="name" value={name} onChange={(event) => setName(event.target.value)} />
      {met ? (
        <BothVersions
          fields={[
            { name: 'Name', mine: name, theirs: now.name },
            { name: 'Same', mine: 'a', theirs: 'a' },
          ]}
          busy={saving}
          onMine={() => sent.push([now.version, name])}
          onTheirs={() => sent.push([0, now.name])}
        />
      ) : (
        <button type="button" onClick={() => sent.push([seen.version, name])}>
          save
        </button>
      )}
    </div>
  );
}

test('what somebody else saves is shown beside mine, takes nothing of it, and is overwritten only when I say so', () => {
  const { again } = show(<Form now={{ version: 1, name: 'Night' }} />);
  fireEvent.change(screen.getByLabelText('name'), { target: { value: 'Late' } });
  again(<Form now={{ version: 2, name: 'Nights' }} />);
  expect(screen.getByRole('alert').textContent).toContain('Somebody else changed this');
  expect(screen.getByRole('row', { name: /Name Late Nights/ })).toBeTruthy();
  expect(screen.queryByRole('row', { name: /Same/ })).toBeNull();
  expect((screen.getByLabelText('name') as HTMLInputElement).value).toBe('Late');
  fireEvent.click(screen.getByRole('button', { name: 'Do mine after all' }));
  expect(sent.splice(0)).toEqual([[2, 'Late']]);
});

test('what I save myself is no conflict when it comes back', () => {
  const { again } = show(<Form now={{ version: 1, name: 'Night' }} />);
  fireEvent.click(screen.getByRole('button', { name: 'save' }));
  expect(sent.splice(0)).toEqual([[1, 'Night']]);
  again(<Form now={{ version: 2, name: 'Night' }} saving />);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('where both want the same there is nothing to choose', () => {
  const { again } = show(<Form now={{ version: 1, name: 'Night' }} />);
  fireEvent.change(screen.getByLabelText('name'), { target: { value: 'Late' } });
  again(<Form now={{ version: 2, name: 'Late' }} />);
  expect(screen.getByRole('alert').textContent).toContain('They want the same');
  expect(screen.queryByRole('button', { name: 'Do mine after all' })).toBeNull();
});
