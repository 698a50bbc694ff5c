import { expect, test } from 'vitest';
import { ownWords } from './mail-words.ts';

test.each([
  [
    'English',
    'It still fails.\n\nOn Sat, 28 Feb 2026 at 10:00, Support <help@acme.com> wrote:\n> Did you try?\n> Bye\n',
    'It still fails.',
  ],
  [
    'wrapped',
    'No.\n\nOn Sat, 28 Feb 2026 at 10:00, Support of Acme\n<help@acme.com> wrote:\n\n> Did you try?\n',
    'No.',
  ],
  [
    'German',
    'Geht nicht.\n\nAm 28.02.2026 um 10:00 schrieb Support <help@acme.com>:\n\n> Schon neu gestartet?',
    'Geht nicht.',
  ],
  ['French', 'Toujours en panne.\n\nLe 28 févr. 2026 à 10:00, Support a écrit :\n> Bonjour', 'Toujours en panne.'],
  ['Spanish', 'Sigue igual.\n\nEl sáb, 28 feb 2026 a las 10:00, Ayuda escribió:\n> Hola', 'Sigue igual.'],
  ['Portuguese', 'Continua.\n\nEm sáb., 28 de fev. de 2026 às 10:00, Suporte escreveu:\n> Olá', 'Continua.'],
  [
    'Japanese',
    'まだ動きません。\n\n2026年2月28日(土) 10:00 Support <help@acme.com>:\n> こんにちは',
    'まだ動きません。',
  ],
  ['Russian', 'Не работает.\n\nВ сб, 28 февр. 2026 в 10:00, Поддержка пишет:\n> Привет', 'Не работает.'],
  [
    'Outlook',
    'Broken.\n\n________________________________\nFrom: Support <help@acme.com>\nSent: Saturday\nTo: Ana\nSubject: Re: x\n\nHello Ana',
    'Broken.',
  ],
  ['Outlook, German', 'Kaputt.\n\nVon: Support\nGesendet: Samstag\nAn: Ana\nBetreff: AW: x\n\nHallo', 'Kaputt.'],
  ['ruled', 'Broken.\n\n-----Original Message-----\nFrom: Support\nSent: today\n\nHello', 'Broken.'],
  ['signature', 'The app is slow.\n-- \nAna Example\nHead of Things\n+49 30 123456', 'The app is slow.'],
  ['phone', 'The app is slow.\n\nSent from my iPhone', 'The app is slow.'],
  ['phone, German', 'Zu langsam.\n\nVon meinem iPhone gesendet\n', 'Zu langsam.'],
  [
    'no colon without quotes',
    'On Monday the driver wrote:\nI am late\nand then he came',
    'On Monday the driver wrote:\nI am late\nand then he came',
  ],
  [
    'between the lines',
    'On Monday Bo wrote:\n> Is it fast?\nNo.\n> Is it cheap?\nNo.',
    'On Monday Bo wrote:\n> Is it fast?\nNo.\n> Is it cheap?\nNo.',
  ],
  ['quote first', '> Is it fast?\nNo, it is not.', '> Is it fast?\nNo, it is not.'],
  [
    'forwarded',
    '---------- Forwarded message ---------\nFrom: Ana\nDate: today\n\nThe app is slow.',
    '---------- Forwarded message ---------\nFrom: Ana\nDate: today\n\nThe app is slow.',
  ],
  ['nothing but a quote', '> all that I have\n> to say', '> all that I have\n> to say'],
  ['a line of dashes', 'Steps:\n--\nopen\nclose', 'Steps:\n--\nopen\nclose'],
  ['a signature that lost its space', 'Too slow.\n\n--\nAna Example', 'Too slow.'],
  ['one head line', 'Hello\n\nSubject: my order\nIt never came', 'Hello\n\nSubject: my order\nIt never came'],
  ['empty', '', ''],
])('%s', (_name, mail, own) => {
  expect(ownWords(mail)).toBe(own);
});

test('no line makes it look for long', () => {
  for (const line of [
    `On ${'a '.repeat(200)}`,
    `On ${'wrote '.repeat(80)}`,
    `On ${'schrieb '.repeat(50)}:`,
    'On a day Bo wrote:',
    '2026 <<<<'.repeat(50),
    `${'2026 <a@b'.repeat(50)}:`,
    '> '.repeat(200),
  ]) {
    const started = performance.now();
    ownWords(`${line}\n`.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  }
});
