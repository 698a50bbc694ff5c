import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { sayNumber } from './numbers.ts';
import type { Place, Suggestion } from './query-help.ts';
import { Words } from './user-content.tsx';

export type QueryOption = Suggestion &
  ({ readonly kind: 'recent' } | { readonly kind: 'field' | 'value'; readonly begun: string; readonly place: Place });

interface QueryOptionsProps {
  id: string;
  options: readonly QueryOption[];
  active: number;
  onChoose: (option: QueryOption) => void;
}

/** The list under the field. The focus stays in the field: the pointer must not take it away. */
export function QueryOptions({ id, options, active, onChoose }: QueryOptionsProps) {
  const { t, i18n } = useTranslation();
  return (
    <div className="query-help" hidden={options.length === 0}>
      <div id={id} role="listbox" aria-label={t('query.help')}>
        {options.map((option, i) => (
          <div
            key={`${option.kind} ${option.value}`}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === active}
            className="query-option"
            onPointerDown={(event) => {
              event.preventDefault();
              onChoose(option);
            }}
          >
            {option.kind === 'recent' && <Icon name="search" small />}
            <span className="clip">
              {option.kind === 'field' ? (
                <b>
                  <Words>{`${option.value}:`}</Words>
                </b>
              ) : (
                <Words>{option.label}</Words>
              )}
            </span>
            <span className="small faint push">
              {option.kind === 'recent' && t('query.recent')}
              {option.kind === 'field' && t(`query.field.${option.value}`, { defaultValue: t('query.dimension') })}
              {option.kind === 'value' &&
                option.label !== option.value &&
                option.value.length < 20 &&
                `${option.value} · `}
              {option.kind !== 'recent' && option.count !== null && ` ${sayNumber(option.count, i18n.language)}`}
            </span>
          </div>
        ))}
      </div>
      <p className="small faint query-keys no-phone">{t('query.keys')}</p>
    </div>
  );
}
