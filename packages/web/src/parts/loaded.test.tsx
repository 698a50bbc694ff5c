import { Fault, Refusal } from '@groundswell/contract';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { Loaded } from './loaded.tsx';

afterEach(cleanup);

type Query = Parameters<typeof Loaded<string[]>>[0]['query'];

function listOf(over: Partial<Query>) {
  const query = { data: undefined, isPending: false, isError: false, error: null, refetch: async () => {}, ...over };
  return (
    <Loaded query={query as Query} isEmpty={(data) => data.length === 0} empty="Nothing is here yet.">
      {(data) => <p>{data.join(', ')}</p>}
    </Loaded>
  );
}

describe('the four states of a screen', () => {
  test('waiting says that it loads and shows no number', () => {
    show(listOf({ isPending: true }));
    expect(screen.getByRole('status', { name: 'Loading' }).textContent).toBe('');
  });

  test('an outage is never shown as "nothing here"', () => {
    let asked = 0;
    const refetch = async () => asked++ as never;
    show(listOf({ isError: true, error: new Fault('boom', 500, '7f3a'), refetch }));
    expect(screen.getByRole('alert').textContent).toContain('This failed on our side');
    expect(screen.getByRole('alert').textContent).toContain('7f3a');
    expect(screen.queryByText('Nothing is here yet.')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(asked).toBe(1);
  });

  test('empty says what is true', () => {
    show(listOf({ data: [] }));
    expect(screen.getByText('Nothing is here yet.')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('filled shows the answer', () => {
    show(listOf({ data: ['one', 'two'] }));
    expect(screen.getByText('one, two')).toBeTruthy();
  });

  test('a poll that fails later keeps the old answer in sight', () => {
    show(listOf({ data: ['one'], isError: true, error: new Fault('gone', 0, null) }));
    expect(screen.getByText('one')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('The server did not answer');
  });
});

test('a refusal without words of ours speaks for itself', () => {
  const error = new Refusal('source.name_taken', 'There is already a source with this name.');
  show(listOf({ isError: true, error }));
  expect(screen.getByRole('alert').textContent).toContain('There is already a source with this name.');
});

test('a refusal that we have words for is said in them', () => {
  show(listOf({ isError: true, error: new Refusal('access.wrong_credentials', 'no') }));
  expect(screen.getByRole('alert').textContent).toContain('do not belong together');
});
