import { useTranslation } from 'react-i18next';
import { Segments } from '../../parts/button.tsx';
import { sayCompartment } from '../../parts/compartment-name.ts';

interface CompartmentChoiceProps {
  now: string;
  mine: readonly string[];
  onChoose: (compartment: string) => void;
}

/** Each compartment has a dictionary of its own. Nothing to choose for who is in one. */
export function CompartmentChoice({ now, mine, onChoose }: CompartmentChoiceProps) {
  const { t } = useTranslation();
  if (mine.length < 2) return null;
  return (
    <Segments
      label={t('dictionary.compartment')}
      value={now}
      options={mine.map((value) => ({ value, label: sayCompartment(value, t) }))}
      onChange={onChoose}
    />
  );
}
