/**
 * What the sender of a mail wrote this time: without what they answer to, their signature and the line of their phone. By
 * the habits of common mail programs; where nothing would be left, all of it is kept. Pure.
 */

/**
 * "On 3 March 2026, Ana wrote:" as mail programs say it, in one line or wrapped to two: how it begins and how it ends. Kept
 * apart, so that a long line is looked through once.
 */
const BEGINS = /^(?:on|am|le|el|em|il|op|den|w dniu|dnia|в|vào|pada)(?=[\s,])/iu;
const ENDS =
  /(?:wrote|schrieb.{0,80}|a écrit|escribió|escreveu|ha scritto|schreef.{0,80}|skrev.{0,80}|napisał\(?a?\)?|пишет|написал\(?а?\)?|đã viết|menulis)\s?:$/iu;
/** Languages that put the date first and say the rest in other words, or leave it out. */
const ENDS_ELSEWHERE =
  /(?:のメール|写道|寫道|님이 작성|작성|كتب.{0,80}|yazdı|<[^<>\s@]{1,100}@[^<>\s@]{3,100}>)\s?[:：]$/u;

const isWrote = (said: string): boolean =>
  /[:：]$/.test(said) && (BEGINS.test(said) ? ENDS.test(said) : /\d/.test(said) && ENDS_ELSEWHERE.test(said));
const RULED =
  /^-{2,}\s?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|元のメッセージ|原始邮件)\s?-{2,}$/iu;
const UNDERSCORES = /^_{20,}$/;
/** The head of an answered mail as Outlook writes it: at least two of its lines stand together. */
const HEAD =
  /^\*?(?:from|sent|to|subject|date|von|gesendet|an|betreff|datum|de|envoyé|à|objet|enviado|para|asunto|assunto|da|inviato|oggetto)\s?:\*?\s.{1,300}$/iu;
const SENT_FROM =
  /^(?:sent from (?:my|mail for|yahoo|outlook)|get outlook for|von meinem .{1,40} gesendet|gesendet mit|envoyé de(?:puis)? mon|enviado (?:desde|do) (?:mi|meu)|inviato da|verzonden vanaf mijn|skickat från min|wysłane z|отправлено с|iphoneから送信)/iu;
const QUOTED = /^\s*>/;
const LINE_MAX = 500;

/** Ten times what is kept of a text: what a person wrote stands in it. */
const READ_MAX = 200_000;

export function ownWords(said: string): string {
  const text = said.slice(0, READ_MAX);
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const own = withoutEnd(lines.slice(0, startOfAnswered(lines)));
  return own.join('\n').trim() || text.trim();
}

/** A mail that has so many lines like these is none that a person answered to. */
const WROTE_TRIED_MAX = 50;

/** Where the mail that is answered begins. Answers between the quoted lines stay: what comes after is looked at. */
function startOfAnswered(lines: readonly string[]): number {
  let tried = 0;
  const found = lines.findIndex((line, i) => {
    const said = line.trim();
    if (said === '' || said.length > LINE_MAX) return false;
    if (RULED.test(said) || UNDERSCORES.test(said)) return isHead(lines, i + 1);
    if (i > 0 && lines[i - 1]!.trim() === '' && HEAD.test(said)) return isHead(lines, i);
    const wrapped = `${said} ${lines[i + 1]?.trim() ?? ''}`;
    const wrote = [said, wrapped].findIndex((one) => one.length <= LINE_MAX && isWrote(one));
    return wrote >= 0 && ++tried <= WROTE_TRIED_MAX && isAllQuoted(lines.slice(i + 1 + wrote));
  });
  return found < 0 ? lines.length : found;
}

const isHead = (lines: readonly string[], from: number): boolean => {
  const next = lines.slice(from, from + 6).filter((line) => line.trim() !== '');
  return next.filter((line) => HEAD.test(line.trim())).length >= 2;
};

/** Answered by text below it: then it is a conversation line by line, and the quotes are what it speaks of. */
const isAllQuoted = (lines: readonly string[]): boolean => {
  const said = lines.filter((line) => line.trim() !== '');
  const quoted = said.filter((line) => QUOTED.test(line)).length;
  return quoted === 0 || said.slice(0, quoted).every((line) => QUOTED.test(line));
};

function withoutEnd(lines: readonly string[]): readonly string[] {
  // Two dashes and a space (RFC 3676); where the space got lost, only below an empty line.
  const mark = lines.findLastIndex(
    (line, i) => line === '-- ' || (line === '--' && i > 0 && lines[i - 1]!.trim() === ''),
  );
  let own = mark > 0 && lines.length - mark <= 20 ? lines.slice(0, mark) : lines;
  const isEnd = (line: string) => line.trim() === '' || QUOTED.test(line) || SENT_FROM.test(line.trim());
  while (own.length > 0 && isEnd(own.at(-1)!)) own = own.slice(0, -1);
  return own;
}
