import { type ConnectorField, MAPPING_TARGETS } from '@groundswell/contract';
import { PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { type ChangeEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Words } from '../../parts/user-content.tsx';

type Value = string | Readonly<Record<string, string>>;

interface FieldProps {
  field: ConnectorField;
  /** Where the focus goes when the form opens. */
  first: boolean;
  value: Value;
  /** A secret that is set already: empty keeps it. */
  kept: boolean;
  /** Names of fields that a test has found. */
  found: readonly string[];
  onValue: (value: Value) => void;
}

/** One thing that a connector has to be told, in the control that fits it. */
export function ConnectorFieldLine({ field, first, value, kept, found, onValue }: FieldProps) {
  const { t } = useTranslation();
  if (field.input === 'mapping') {
    return <MappingLines mapping={typeof value === 'object' ? value : {}} found={found} onMapping={onValue} />;
  }
  const text = typeof value === 'string' ? value : '';
  const label = t(`connector.field.${field.name}` as 'connector.field.address');
  const secret = field.input === 'secret' || field.input === 'key';
  const common = {
    'data-autofocus': first || undefined,
    label: field.required ? label : t('connector.optional', { label }),
    description: secret && kept ? t('connector.kept') : undefined,
    placeholder: field.example,
    required: field.required && !kept,
    value: text,
    autoComplete: 'off',
    dir: 'ltr' as const,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => onValue(event.currentTarget.value),
  };
  if (field.input === 'switch') {
    const flip = (event: ChangeEvent<HTMLInputElement>) => onValue(String(event.currentTarget.checked));
    return <Switch label={label} checked={text === 'true'} onChange={flip} />;
  }
  if (field.input === 'secret') return <PasswordInput {...common} autoComplete="new-password" />;
  if (field.input === 'key') return <Textarea {...common} autosize minRows={3} maxRows={8} spellCheck={false} />;
  return (
    <TextInput {...common} type={field.input === 'number' ? 'number' : field.input === 'address' ? 'url' : 'text'} />
  );
}

interface MappingProps {
  mapping: Readonly<Record<string, string>>;
  found: readonly string[];
  onMapping: (mapping: Record<string, string>) => void;
}

/** Which field of the other side is what. A test fills in the names, so that nobody has to know them by heart. */
function MappingLines({ mapping, found, onMapping }: MappingProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const names = [...new Set([...Object.keys(mapping), ...found])];
  const add = () => {
    if (name.trim()) onMapping({ ...mapping, [name.trim()]: 'text' });
    setName('');
  };
  return (
    <fieldset className="stack tight connector-mapping">
      <legend>{t('connector.field.mapping')}</legend>
      <p className="small faint">{t('connector.mappingWhy')}</p>
      {names.map((one) => (
        <label key={one} className="connector-pair">
          <span className="mono clip">
            <Words>{one}</Words>
          </span>
          <select
            className="plain"
            value={mapping[one] ?? 'ignore'}
            onChange={(event) => onMapping({ ...mapping, [one]: event.target.value })}
          >
            {MAPPING_TARGETS.map((target) => (
              <option key={target} value={target}>
                {t(`mapping.target.${target}`)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <div className="row">
        <TextInput
          aria-label={t('connector.fieldName')}
          placeholder={t('connector.fieldName')}
          dir="ltr"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button small icon="plus" onClick={add}>
          {t('connector.addField')}
        </Button>
      </div>
    </fieldset>
  );
}
