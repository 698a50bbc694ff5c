import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../../test/frame.tsx';
import en from '../../locales/en.json';
import { RolePreview } from './role-preview.tsx';

afterEach(cleanup);

test('every right stands in one of the two lists, in words and not as a code', () => {
  show(<RolePreview who="A specialist can" capabilities={['issue.read', 'issue.decide']} />);
  const [can, cannot] = screen.getAllByRole('list').map((list) => list.textContent!);
  expect(can).toContain(en.can.issue.read);
  expect(can).toContain(en.can.issue.decide);
  expect(can).not.toContain(en.can.people.manage);
  expect(cannot).toContain(en.can.people.manage);
  expect(cannot).not.toContain(en.can.issue.read);
  expect(can! + cannot!).not.toMatch(/can\.|\w+\.(read|manage)/);
});

test('a role without rights says so', () => {
  show(<RolePreview who="This role can" capabilities={[]} />);
  expect(screen.getByText('With this one can do nothing')).toBeTruthy();
  expect(screen.queryByText('This role can')).toBeNull();
});
