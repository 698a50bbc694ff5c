import { useTranslation } from 'react-i18next';
import './people-here.css';

interface Person {
  readonly id: string;
  readonly name: string;
}

const MOST = 3;

/** Who else looks at this just now: initials, and the names for whoever asks. Nobody is counted, timed or followed. */
export function PeopleHere({ people, said = false }: { people: readonly Person[]; said?: boolean }) {
  const { t, i18n } = useTranslation();
  if (people.length === 0) return null;
  const names = new Intl.ListFormat(i18n.language).format(people.map(({ name }) => name));
  const sentence = t('live.here', { names });
  return (
    <span className="people-here" title={sentence}>
      {people.slice(0, MOST).map(({ id, name }) => (
        <bdi key={id} aria-hidden="true" className="initials">
          {initialsOf(name)}
        </bdi>
      ))}
      {people.length > MOST && <span aria-hidden="true">+{people.length - MOST}</span>}
      <span className={said ? 'small soft' : 'unseen'}>{sentence}</span>
    </span>
  );
}

/** The first letters of the first and the last word; of one word its first. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0]!, ...(words.length > 1 ? [words.at(-1)!] : [])].map((word) => [...word][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}
