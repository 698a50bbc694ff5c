import type { ReactNode } from 'react';
import { Panel } from '../../parts/page.tsx';
import './parts-page.css';

/** Parts of one kind. */
export function Shelf({ title, why, children }: { title: string; why: string; children: ReactNode }) {
  return (
    <Panel title={title} aside={why}>
      <div className="panel-body specimens">{children}</div>
    </Panel>
  );
}

interface SpecimenProps {
  /** The state that is shown. */
  of: string;
  /** Takes the whole width. */
  wide?: boolean;
  children: ReactNode;
}

/** One part in one state, with the name of the state above it. */
export function Specimen({ of, wide, children }: SpecimenProps) {
  return (
    <div className={wide ? 'specimen wide' : 'specimen'}>
      <p className="small faint">{of}</p>
      <div className="specimen-body">{children}</div>
    </div>
  );
}
