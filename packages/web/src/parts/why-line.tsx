import type { FoundMark, Why } from '@groundswell/contract';
import { Trans, useTranslation } from 'react-i18next';
import { Words } from './user-content.tsx';

interface WhyLineProps {
  why: Why;
  /** What the places of the marks are places of. */
  texts: Partial<Record<FoundMark['in'], string | null>>;
}

const SHOWN = 4;

/** Why this was found: the words as they stand there, what they answer to where that differs, and the fields that hold. */
export function WhyLine({ why, texts }: WhyLineProps) {
  const { t } = useTranslation();
  const said = new Map<string, string | null>();
  for (const { in: place, at, asked, how } of why.marks) {
    const found = texts[place]?.slice(...at);
    if (found && !said.has(found.toLowerCase())) said.set(found.toLowerCase(), how === 'fuzzy' ? asked : null);
  }
  const parts = [...said].slice(0, SHOWN);
  if (parts.length + why.fields.length === 0 && !why.covered) return null;
  return (
    <p className="small faint">
      {t('why.title')} {why.covered && t('why.covered')}
      {parts.map(([found, asked], i) => (
        <span key={found}>
          {i > 0 && ', '}
          <Trans t={t} i18nKey="why.quoted" components={{ found: <Words>{found}</Words> }} />
          {asked !== null && (
            <>
              {' '}
              ({t('why.closeTo')} <Words>{asked}</Words>)
            </>
          )}
        </span>
      ))}
      {said.size > SHOWN && ` ${t('why.more', { count: said.size - SHOWN })}`}
      {parts.length > 0 && why.fields.length > 0 && '; '}
      {why.fields.map((one, i) => (
        <span key={one}>
          {i > 0 && ', '}
          <Words>{one}</Words>
        </span>
      ))}
    </p>
  );
}
