import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { VALUES_PER_PAGE } from './dimension-search.ts';

interface ValuePagesProps {
  total: number;
  page: number;
  onPage: (page: number | undefined) => void;
}

export function ValuePages({ total, page, onPage }: ValuePagesProps) {
  const { t, i18n } = useTranslation();
  const from = (page - 1) * VALUES_PER_PAGE;
  const to = Math.min(total, from + VALUES_PER_PAGE);
  const said = (value: number) => sayNumber(value, i18n.language);
  return (
    <nav className="value-pages" aria-label={t('dictionary.pages')}>
      <Button small disabled={page === 1} onClick={() => onPage(page === 2 ? undefined : page - 1)}>
        {t('dictionary.before')}
      </Button>
      <span className="faint">
        {t('dictionary.range', { from: said(Math.min(from + 1, total)), to: said(to), total: said(total) })}
      </span>
      <Button small disabled={to >= total} onClick={() => onPage(page + 1)}>
        {t('dictionary.after')}
      </Button>
    </nav>
  );
}
