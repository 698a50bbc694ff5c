import type { ConnectorView } from '@groundswell/contract';
import { expect, test } from 'vitest';
import { filledFrom, startingWith, toSend } from './connector-filled.ts';

test('a new form starts with what is usual, and sends no empty field', () => {
  expect(startingWith('mailbox')).toMatchObject({ port: '993', folder: 'INBOX', password: '' });
  expect(toSend('mailbox', { ...startingWith('mailbox'), host: ' imap.acme.com ', user: 'a', password: 's' })).toEqual({
    settings: { host: 'imap.acme.com', port: 993, user: 'a', folder: 'INBOX' },
    secrets: { password: 's' },
  });
});

test('a change shows what is set and sends no secret that was not typed again', () => {
  const connector = {
    kind: 'json_poll',
    settings: { address: 'https://a.example', mapping: { text: 'text', when: 'ts' } },
    secrets: ['token'],
  } as unknown as ConnectorView;
  const filled = filledFrom(connector);
  expect(filled).toMatchObject({ address: 'https://a.example', token: '', mapping: { text: 'text', when: 'ts' } });
  expect(toSend('json_poll', filled)).toEqual({
    settings: { address: 'https://a.example', mapping: { text: 'text', when: 'ts' } },
    secrets: {},
  });
});
