import { placeholderOf } from '@groundswell/contract';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../test/frame.tsx';
import { TrialReport } from './trial-report.tsx';

afterEach(cleanup);

const AT = '2026-03-02T09:00:00.000Z';
const NO_TIME = 'The value is not a time that we know.';
const trial = {
  rows: 14,
  whole: true,
  added: 2,
  revised: 0,
  unchanged: 0,
  refused: 12,
  from: AT,
  to: AT,
  languages: [{ language: 'en', rows: 2 }],
  redacted: { email: 1 },
  sample: [{ row: 2, at: AT, title: null, text: `write to ${placeholderOf('email')} now` }],
  refusedRows: [
    ...Array.from({ length: 11 }, (_, i) => ({ row: 3 + i, id: null, reason: NO_TIME })),
    { row: 20, id: 'r20', reason: 'There is no text.' },
  ],
} as unknown as Parameters<typeof TrialReport>[0]['trial'];

test('a reason is said once, with the rows it holds for', () => {
  show(<TrialReport trial={trial} />);
  expect(screen.getAllByText(NO_TIME)).toHaveLength(1);
  screen.getByText('Rows 3, 4, 5, 6, 7, 8, 9, 10 …:');
  screen.getByText('Row 20:');
});

test('what would be replaced is seen as a mask, as it will stand among the signals', () => {
  show(<TrialReport trial={trial} />);
  expect(screen.getByText('mail address').className).toBe('masked');
  expect(document.body.textContent).not.toContain(placeholderOf('email'));
});
