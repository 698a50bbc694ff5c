import { expect, test } from 'vitest';
import { languageOf, languageTag } from './language.ts';

test.each([
  ['the app crashes when I open it', 'en'],
  ['seit dem Update kann ich mich nicht anmelden', 'de'],
  ["l'application plante quand je l'ouvre", 'fr'],
  ['no puedo iniciar sesión desde la actualización', 'es'],
  ['não consigo entrar na minha conta', 'pt'],
  ['aplikasi ini selalu keluar sendiri', 'id'],
  ['hesabıma giriş yapamıyorum', 'tr'],
  ['tôi không đăng nhập được', 'vi'],
  ['приложение вылетает при запуске', 'ru'],
  ['виплата не надійшла', 'uk'],
  ['لا أستطيع تسجيل الدخول', 'ar'],
  ['मैं लॉगिन नहीं कर पा रहा हूँ', 'hi'],
  ['アプリがすぐ落ちます', 'ja'],
  ['应用一打开就闪退', 'zh'],
  ['앱을 열면 바로 꺼져요', 'ko'],
  ['เข้าสู่ระบบไม่ได้', 'th'],
])('%s: %s', (text, want) => {
  expect(languageOf(text)).toBe(want);
});

test.each(['', 'ok', '😀😀😀😀', '12345 67890', 'lol!!!'])('%j is too little to tell', (text) => {
  expect(languageOf(text)).toBeNull();
});

test.each([
  ['en_us', 'en-US'],
  ['PT-br', 'pt-BR'],
  ['German', 'de'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['und', null],
  ['', null],
  ['gibberish', undefined],
  ['en;drop', undefined],
])('a given %j is %j', (said, want) => {
  expect(languageTag(said)).toBe(want);
});
