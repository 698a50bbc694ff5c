import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './fields.css';
import { Icon } from './icon.tsx';

interface DropZoneProps {
  /** File endings, `.csv,.jsonl`. */
  accept: string;
  title: string;
  hint: string;
  /** Where the page has another act that is its first. */
  quiet?: boolean;
  onFile: (file: File) => void;
}

/** Drop a file, or choose one: the button is a real file field, so keyboard and phone need nothing special. */
export function DropZone({ accept, title, hint, quiet, onFile }: DropZoneProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <section
      className="drop"
      aria-label={title}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="file" />
      <b>{title}</b>
      <p className="faint small">{hint}</p>
      <label>
        <input
          type="file"
          accept={accept}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) onFile(file);
            event.target.value = ''; // the same file may be chosen again after a failure
          }}
        />
        <span className={quiet ? 'btn plain' : 'btn go'}>{t('drop.choose')}</span>
      </label>
    </section>
  );
}
