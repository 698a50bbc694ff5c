import { expect, test } from 'vitest';
import { openLog } from './log.ts';

test('secrets do not reach the log, however deep they stand', () => {
  const lines: string[] = [];
  const log = openLog('info', { write: (line) => void lines.push(line) });
  const headers = { authorization: 'Bearer hunter2', cookie: 'id=hunter2', 'set-cookie': 'id=hunter2' };
  log.info(
    { headers, password: 'hunter2', req: { headers }, body: { user: { token: 'hunter2' } }, kept: 'plain' },
    'a line',
  );
  expect(lines.join()).not.toContain('hunter2');
  expect(lines.join()).toContain('plain');
});

test('an error is kept with its cause and its code, without the row that the database quotes', () => {
  const lines: string[] = [];
  const log = openLog('info', { write: (line) => void lines.push(line) });
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(ana@example.org)',
    client: {},
  });
  log.error({ err: new Error('could not keep it', { cause }) }, 'a fault');
  const { err } = JSON.parse(lines[0]!);
  expect(err).toMatchObject({ message: 'could not keep it', cause: { message: 'duplicate key', code: '23505' } });
  expect(err.stack).toContain('log.test.ts');
  expect(lines[0]).not.toMatch(/ana@example.org|client/);
});
