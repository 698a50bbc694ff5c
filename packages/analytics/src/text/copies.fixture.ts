/** For tests and benches of copies: texts of their own, and copies of them with the changes that senders make. */

/** mulberry32: small, seeded, good enough to shuffle words. */
export function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const VOCABULARIES: readonly (readonly string[])[] = [
  (
    'the app my payout account video upload support never answer again since update of this month money waiting please fix ' +
    'screen black crash every time login code mail stuck live stream followers gone comment deleted reason appeal refused ' +
    'creator fund country change bank transfer late policy strike music sound lost draft camera filter slow battery hot ' +
    'phone android tablet new old version button nothing happens error server busy try later week days help somebody read'
  ).split(' '),
  (
    'приложение не работает после обновления видео загрузка деньги выплата поддержка молчит верните аккаунт удалили без ' +
    'причины экран черный телефон новый вход код почта неделя жду ответ ошибка сервер музыка пропала фильтр камера медленно'
  ).split(' '),
  (
    'der betrag wurde noch immer nicht überwiesen seit dem letzten update stürzt alles ständig ab konto gesperrt ohne grund ' +
    'niemand antwortet auf meine nachricht bitte dringend prüfen und zurück geld schon wochen gewartet anmeldung klappt hilfe'
  ).split(' '),
  (
    'التطبيق لا يعمل بعد التحديث الأخير حسابي محظور بدون سبب أرجو المساعدة لم يصل المبلغ منذ أسبوع الفيديو توقف عند الرفع ' +
    'الدعم لا يرد على رسائلي شاشة سوداء خطأ في تسجيل الدخول'
  ).split(' '),
];
const HAN = Array.from(
  '我的账户无法登录视频上传失败客服不回复请尽快处理提现三天没有到账更新之后一直闪退为什么删除内容申诉被拒绝音乐消失屏幕黑色手机发热验证码收件箱',
);

/** A text that nobody else writes; one in six in Han. Words repeat as words do: some of them far more often. */
export function ownText(random: () => number, words = 6 + Math.floor(random() * 50)): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() ** 1.4 * from.length)];
  if (random() < 1 / 6) return Array.from({ length: words }, () => pick(HAN)).join('');
  const vocabulary = VOCABULARIES[Math.floor(random() * VOCABULARIES.length)];
  let text = '';
  for (let i = 0; i < words; i++) text += pick(vocabulary) + (i % 11 === 10 ? '. ' : ' ');
  return text.trim();
}

type Change = (text: string, random: () => number) => string;
const somewhere = (text: string, random: () => number) => Math.floor(random() * text.length);
const someChar = (text: string, random: () => number, by: (char: string) => string) => {
  const at = somewhere(text, random);
  return text.slice(0, at) + by(text[at] ?? '') + text.slice(at + 1);
};
const HOMOGLYPHS: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'о',
  c: 'с',
  p: 'р',
  x: 'х',
  а: 'a',
  е: 'e',
  о: 'o',
};

/** Changes that leave every word in its place: found as exact copies. */
export const DISGUISES: Readonly<Record<string, Change>> = {
  capitals: (text) => text.toUpperCase(),
  punctuation: (text) => `${text.replaceAll(' ', '  ').replaceAll('.', '!!!')} ...`,
  emoji: (text, random) => {
    const words = text.split(' ');
    words[somewhere(text, random) % words.length] += ' 🔥😡';
    return `🙏 ${words.join(' ')} 👍🏽👨‍👩‍👧`;
  },
  invisible: (text, random) => someChar(text, random, (char) => `${char}\u200b\u2060`),
  lookAlikes: (text) => Array.from(text, (char) => HOMOGLYPHS[char] ?? char).join(''),
  drawnOut: (text) => text.replace(/([a-zа-я])(?= |$)/iu, '$1$1$1$1'),
};

/** Changes of words: found as near copies, if they are few for the length of the text. */
export const EDITS: Readonly<Record<string, Change>> = {
  typo: (text, random) => someChar(text, random, () => 'z'),
  leftOut: (text, random) => someChar(text, random, () => ''),
  synonym: (text, random) => {
    const words = text.split(' ');
    if (words.length < 4) return someChar(text, random, () => '新');
    words[Math.floor(random() * words.length)] = 'instead';
    return words.join(' ');
  },
  greeting: (text) => `Hi team, ${text}`,
  swapped: (text, random) => {
    const cut = somewhere(text, random);
    return `${text.slice(cut)} ${text.slice(0, cut)}`;
  },
};
