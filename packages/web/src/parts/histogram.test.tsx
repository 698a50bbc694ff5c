import { cleanup, fireEvent, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { Histogram } from './histogram.tsx';
import { momentOfField, rangeOfBars, rangeOfFields, type TimeRange, toField } from './time-range.ts';

afterEach(cleanup);

const HOUR = 3_600_000;
const at = (hour: number) => new Date(Date.UTC(2026, 10, 17) + hour * HOUR).toISOString();
const bars = [3, 0, 7, 12].map((count, hour) => ({ at: at(hour), count }));

function aHistogram(over: { range?: TimeRange | null; sampled?: boolean } = {}) {
  const picked: (TimeRange | null)[] = [];
  show(
    <Histogram
      sentence="22 signals."
      bars={bars}
      bucketMs={HOUR}
      sampled={over.sampled}
      range={over.range ?? null}
      onRange={(range) => picked.push(range)}
    />,
  );
  return picked;
}

describe('the typed twin of dragging', () => {
  test('starts with what the bars show', () => {
    aHistogram();
    expect((screen.getByLabelText('From') as HTMLInputElement).value).toBe(toField(at(0)));
    expect((screen.getByLabelText('To') as HTMLInputElement).value).toBe(toField(at(4)));
  });

  test('gives the range that was typed, in the reader’s zone', () => {
    const picked = aHistogram();
    fireEvent.change(screen.getByLabelText('From'), { target: { value: toField(at(1)) } });
    fireEvent.change(screen.getByLabelText('To'), { target: { value: toField(at(3)) } });
    fireEvent.submit(screen.getByRole('form', { name: 'Time range' }));
    expect(picked).toEqual([{ from: at(1), to: at(3) }]);
  });

  test('says what is wrong when the start is not before the end, and filters nothing', () => {
    const picked = aHistogram();
    fireEvent.change(screen.getByLabelText('From'), { target: { value: toField(at(3)) } });
    fireEvent.change(screen.getByLabelText('To'), { target: { value: toField(at(3)) } });
    fireEvent.submit(screen.getByRole('form', { name: 'Time range' }));
    expect(picked).toEqual([]);
    expect(screen.getByRole('alert').textContent).toBe('The start must be before the end.');
  });

  test('leads back to all of time, only when a range is chosen', () => {
    aHistogram();
    expect(screen.queryByRole('button', { name: 'All of time' })).toBeNull();
    cleanup();
    const picked = aHistogram({ range: { from: at(1), to: at(2) } });
    fireEvent.click(screen.getByRole('button', { name: 'All of time' }));
    expect(picked).toEqual([null]);
  });
});

describe('the table twin', () => {
  test('shows the same numbers at the key v and goes back', () => {
    aHistogram();
    fireEvent.keyDown(document.body, { key: 'v' });
    const cells = screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.querySelector('td')?.textContent);
    expect(cells).toEqual(['3', '0', '7', '12']);
    expect(screen.queryByRole('img', { name: /Bars/ })).toBeNull();
    fireEvent.keyDown(document.body, { key: 'v' });
    expect(screen.queryByRole('table')).toBeNull();
  });

  test('marks numbers that were scaled up from a sample', () => {
    aHistogram({ sampled: true });
    fireEvent.click(screen.getByRole('button', { name: 'Table' }));
    expect(screen.getByText('≈ 12')).toBeTruthy();
  });
});

describe('a typed moment', () => {
  test.each([
    ['2026-11-22 14:30', '2026-11-22T14:30'],
    [' 2026-11-22T9:05 ', '2026-11-22T09:05'],
    ['2026-11-22', '2026-11-22T00:00'],
  ])('%s is understood', (typed, means) => {
    expect(momentOfField(typed)).toEqual(new Date(means));
  });

  test.each(['', 'yesterday', '11/22/2026', '2026-02-30 10:00', '2026-11-22 25:00'])('%s is none', (typed) => {
    expect(momentOfField(typed)).toBeNull();
  });

  test('that cannot be read is said to be so, and filters nothing', () => {
    const picked = aHistogram();
    fireEvent.change(screen.getByLabelText('From'), { target: { value: 'last week' } });
    fireEvent.submit(screen.getByRole('form', { name: 'Time range' }));
    expect(picked).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('2026-11-22 14:30');
  });
});

describe('a dragged range', () => {
  test('is whole bars, whichever way one drags', () => {
    expect(rangeOfBars(bars, HOUR, 1, 2)).toEqual({ from: at(1), to: at(3) });
    expect(rangeOfBars(bars, HOUR, 2, 1)).toEqual({ from: at(1), to: at(3) });
    expect(rangeOfBars(bars, HOUR, 3, 3)).toEqual({ from: at(3), to: at(4) });
    expect(rangeOfBars([], HOUR, 0, 0)).toBeNull();
  });

  test('survives being shown in fields and read back, to the minute', () => {
    const minute = fc.integer({ min: 0, max: 30_000_000 });
    fc.assert(
      fc.property(minute, minute, (one, other) => {
        fc.pre(one !== other);
        const [from, to] = [one, other].sort((a, b) => a - b).map((m) => new Date(m * 60_000).toISOString());
        expect(rangeOfFields(toField(from!), toField(to!))).toEqual({ from, to });
      }),
    );
  });
});
