import { type SourceView, TOKEN_DAYS, type TokenScope, type TokenView } from '@groundswell/contract';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button } from '../../parts/button.tsx';
import { CopyField } from '../../parts/copy-field.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { End, EndingSoon, For, Scopes } from './token-facts.tsx';
import { tokens, useMakeToken, useRevokeToken } from './token-queries.ts';

interface TokensPanelProps {
  sources: readonly SourceView[];
  /** The token that was just made: its only appearance. */
  secret: { token: string; name: string } | null;
  onSecret: (secret: { token: string; name: string }) => void;
}

export function TokensPanel({ sources, secret, onSecret }: TokensPanelProps) {
  const { t } = useTranslation();
  const query = useQuery(tokens());
  const exporting = useExport('tokens');
  return (
    <Panel
      title={t('token.title')}
      aside={
        <span className="row">
          <span className="no-phone">{t('token.why')}</span>
          {query.data && query.data.tokens.length > 0 && <ExportButton small exporting={exporting} />}
        </span>
      }
    >
      <div className="panel-body stack">
        <TokenForm sources={sources} onSecret={onSecret} />
        <EndingSoon tokens={query.data?.tokens ?? []} />
        {secret && (
          <div className="stack tight" role="status">
            <p>
              <b>{t('token.once', { name: secret.name })}</b> <span className="soft">{t('token.onceWhy')}</span>
            </p>
            <CopyField value={secret.token} label={t('token.copy')} />
          </div>
        )}
      </div>
      <Loaded query={query} isEmpty={(answer) => answer.tokens.length === 0} empty={t('token.none')}>
        {(answer) => (
          <ul className="tokens">
            {answer.tokens.map((token) => (
              <TokenLine key={token.id} token={token} />
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

/** No source has this for its id. */
const BACKGROUND = 'background';
const READ = 'read';
/** A quarter, a year, two. */
const ENDS = [90, TOKEN_DAYS, 2 * TOKEN_DAYS] as const;

function TokenForm({ sources, onSecret }: Pick<TokensPanelProps, 'sources' | 'onSecret'>) {
  const { t } = useTranslation();
  const make = useMakeToken();
  const [name, setName] = useState('');
  const [sends, setSends] = useState(sources[0]!.id);
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['issue.read']);
  const [expiresInDays, setDays] = useState<number>(TOKEN_DAYS);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const made = { name: name.trim(), expiresInDays };
    const onSuccess = ({ token, view }: { token: string; view: TokenView }) => {
      onSecret({ token, name: view.name });
      setName('');
    };
    if (sends === READ) make.mutate({ ...made, purpose: 'read', scopes: [...scopes] }, { onSuccess });
    else if (sends === BACKGROUND) make.mutate({ ...made, purpose: 'background' }, { onSuccess });
    else make.mutate({ ...made, sourceId: sends }, { onSuccess });
  };
  return (
    <form className="token-form" onSubmit={submit}>
      <TextInput
        label={t('token.name')}
        placeholder={t('token.nameHint')}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <label className="stack">
        <span>{t('token.sends')}</span>
        <select className="plain" value={sends} onChange={(event) => setSends(event.target.value)}>
          {sources.map((source) => (
            <option key={source.id} value={source.id}>
              {t('token.sendsSignals', { source: source.name })}
            </option>
          ))}
          <option value={BACKGROUND}>{t('token.background')}</option>
          <option value={READ}>{t('token.toRead')}</option>
        </select>
      </label>
      <label className="stack">
        <span>{t('token.ends')}</span>
        <select className="plain" value={expiresInDays} onChange={(event) => setDays(Number(event.target.value))}>
          {ENDS.map((days) => (
            <option key={days} value={days}>
              {days % TOKEN_DAYS === 0
                ? t('token.years', { count: days / TOKEN_DAYS })
                : t('token.daysOf', { count: days })}
            </option>
          ))}
        </select>
      </label>
      {sends === READ && <Scopes chosen={scopes} onChange={setScopes} />}
      <Button type="submit" icon="key" busy={make.isPending} disabled={sends === READ && scopes.length === 0}>
        {t('token.make')}
      </Button>
      {make.isError && <ErrorNote error={make.error} />}
    </form>
  );
}

function TokenLine({ token }: { token: TokenView }) {
  const { t } = useTranslation();
  const revoke = useRevokeToken();
  return (
    <li className="token">
      <span className="slim">
        <b>
          <Words>{token.name}</Words>
        </b>{' '}
        <span className="mono faint">{token.hint}…</span>
        <span className="small faint token-facts">
          <For token={token} /> · {t('token.made')} <Time at={token.createdAt} show="day" /> ·{' '}
          {token.lastUsedAt ? (
            <>
              {t('token.used')} <Time at={token.lastUsedAt} show="ago" />
            </>
          ) : (
            t('token.unused')
          )}{' '}
          · <End token={token} />
        </span>
      </span>
      {token.revokedAt ? (
        <span className="small faint">
          {t('token.revoked')} <Time at={token.revokedAt} show="day" />
        </span>
      ) : (
        <AskOnce
          act={t('token.revoke')}
          why={t('token.revokeWhy')}
          sure={t('token.revokeDo')}
          keep={t('token.keep')}
          busy={revoke.isPending}
          error={revoke.error}
          onSure={() => revoke.mutate(token.id)}
        />
      )}
    </li>
  );
}
