import type { DimensionView, listDimensions, ReplyOf } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { DimensionName } from '../../parts/surge.tsx';
import { Words } from '../../parts/user-content.tsx';

type AtSource = DimensionView['sources'][number];

/** It lost values and would lose more. After the cap was raised, only what was lost remains. */
export const isFull = ({ cappedRows, values, cap }: AtSource): boolean => cappedRows > 0 && values >= cap;

interface CapWarningsProps {
  dimensions: readonly DimensionView[];
  compartment: string | undefined;
  /** On the page of the dimension itself: no link to it. */
  here?: boolean;
}

/** A cap costs something, and says what. */
export function CapWarnings({ dimensions, compartment, here = false }: CapWarningsProps) {
  const full = dimensions.flatMap((one) => one.sources.filter(isFull).map((source) => ({ name: one.name, source })));
  return full.map(({ name, source }) => (
    <Warning key={`${name} ${source.sourceId}`}>
      <CapSentence name={name} source={source} />{' '}
      {!here && (
        <Link to="/dimensions/$name" params={{ name }} search={{ in: compartment }} className="link">
          <ToDimension />
        </Link>
      )}
    </Warning>
  ));
}

function ToDimension() {
  const { t } = useTranslation();
  return t('dictionary.toValues');
}

function CapSentence({ name, source }: { name: string; source: AtSource }) {
  const { t, i18n } = useTranslation();
  return (
    <Trans
      t={t}
      i18nKey="dictionary.capped"
      count={source.cappedRows}
      values={{ cap: sayNumber(source.cap, i18n.language) }}
      components={{ what: <DimensionName name={name} />, where: <Said word={source.sourceName} /> }}
    />
  );
}

/** For sentences: a word of a sender in the middle of ours. */
export function Said({ word }: { word: string }) {
  return <Words>{word}</Words>;
}

export function NamesLeftOut({ sources }: { sources: ReplyOf<typeof listDimensions>['namesLeftOut'] }) {
  const { t } = useTranslation();
  return sources.map(({ sourceId, sourceName, rows }) => (
    <Warning key={sourceId}>
      <Trans t={t} i18nKey="dictionary.namesLeftOut" count={rows} components={{ where: <Said word={sourceName} /> }} />
    </Warning>
  ));
}

function Warning({ children }: { children: ReactNode }) {
  return (
    <div className="cap-warning">
      <Icon name="warn" />
      <p>{children}</p>
    </div>
  );
}
