/** Naming colleagues in a text, by an @ and their name as it stands. */

export interface Person {
  id: string;
  name: string;
}

const OFFERED = 6;
const BEGUN = /(?:^|\s)@([^@\n]{0,40})$/u;

/** Those whose name begins like what stands after the last @; nobody once a name is whole. */
export function beginMention(text: string, people: readonly Person[]): Person[] {
  const begun = BEGUN.exec(text)?.[1]?.toLocaleLowerCase();
  if (begun === undefined) return [];
  return people.filter(({ name }) => name.toLocaleLowerCase().startsWith(begun)).slice(0, OFFERED);
}

export function finishMention(text: string, { name }: Person): string {
  const at = text.lastIndexOf('@');
  return `${text.slice(0, at)}@${name} `;
}

/** A name that is the beginning of a longer one, which stands there, is not meant. */
export function namedPeople(text: string, people: readonly Person[]): string[] {
  let rest = text.toLocaleLowerCase();
  const named: string[] = [];
  for (const { id, name } of [...people].sort((a, b) => b.name.length - a.name.length)) {
    const called = `@${name.toLocaleLowerCase()}`;
    if (!rest.includes(called)) continue;
    named.push(id);
    rest = rest.replaceAll(called, ' ');
  }
  return named;
}
