import { useState } from 'react';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button, Segments } from '../../parts/button.tsx';
import { CopyField } from '../../parts/copy-field.tsx';
import { DropZone } from '../../parts/drop-zone.tsx';
import { Icon, type IconName, Mark } from '../../parts/icon.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { KeysFoot } from '../../parts/keys-foot.tsx';
import { OpenCase } from '../../parts/open-case.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { LONG, REFUSAL } from './samples.ts';
import { Shelf, Specimen } from './specimen.tsx';

const LOOKS = ['go', 'plain', 'quiet'] as const;
const NOTHING = () => {};
const ICONS: readonly IconName[] = [
  'home',
  'signal',
  'issue',
  'flag',
  'search',
  'filter',
  'clock',
  'check',
  'warn',
  'x',
];

export function ActsShelf() {
  const [chosen, setChosen] = useState<'table' | 'board'>('table');
  return (
    <Shelf title="Acts" why="verbs on buttons; at most one filled on a page">
      <Looks />
      <Specimen of="OpenCase">
        <OpenCase may shortcut="cases.open" />
      </Specimen>
      <Specimen of="Button: small, with an icon, with its key, an icon alone">
        <div className="row wrap">
          <Button small>Apply</Button>
          <Button icon="copy">Take along</Button>
          <Button look="go">
            Confirm <KeyHint of="issue.confirm" />
          </Button>
          <Button icon="more" aria-label="More" />
        </div>
      </Specimen>
      <Specimen of="Segments">
        <Segments
          label="How it is shown"
          value={chosen}
          options={[
            { value: 'table', label: 'Table', icon: 'table' },
            { value: 'board', label: 'Board', icon: 'board' },
          ]}
          onChange={setChosen}
        />
      </Specimen>
      <Specimen of="A link within words, and one that opens a row">
        <p>
          <button type="button" className="link">
            Show all
          </button>{' '}
          · <RowLink to="/issues/IS-204">IS-204</RowLink>
        </p>
      </Specimen>
      <AskingActs />
      <OtherActs />
    </Shelf>
  );
}

function AskingActs() {
  return (
    <>
      <Specimen of="AskOnce: press it, the way out has the focus">
        <AskOnce
          act="Revoke"
          why="Nothing can be sent with it any more."
          sure="Revoke it"
          busy={false}
          onSure={NOTHING}
        />
      </Specimen>
      <Specimen of="AskOnce, refused">
        <AskOnce
          act="Remove"
          why="It is gone for all."
          sure="Remove it"
          busy={false}
          error={REFUSAL}
          onSure={NOTHING}
        />
      </Specimen>
      <Specimen of="CopyField">
        <CopyField label="Copy the token" value="gs_3f9c1d0a7e" />
      </Specimen>
      <Specimen of="CopyField, long">
        <CopyField label="Copy the command" value={`curl -H 'authorization: Bearer …' -d '${LONG}'`} />
      </Specimen>
    </>
  );
}

function OtherActs() {
  return (
    <>
      <Specimen of="DropZone">
        <DropZone accept=".csv" title="Drop a file here" hint="CSV, JSON lines, workbooks" onFile={NOTHING} />
      </Specimen>
      <Specimen of="Icons: one set, one weight; those that point mirror">
        <div className="row wrap sized">
          <Mark />
          {ICONS.map((name) => (
            <Icon key={name} name={name} />
          ))}
          <Icon name="right" />
        </div>
      </Specimen>
      <Specimen of="KeysFoot: the keys of this page" wide>
        <KeysFoot />
      </Specimen>
    </>
  );
}

/** Each look in each state. */
function Looks() {
  return (
    <>
      {LOOKS.map((look) => (
        <Specimen key={look} of={`Button, ${look}: as it is, hovered, focused, busy, disabled`}>
          <div className="row wrap">
            <Button look={look}>Confirm</Button>
            <Button look={look} className="is-hovered">
              Confirm
            </Button>
            <Button look={look} className="is-focused">
              Confirm
            </Button>
            <Button look={look} busy>
              Confirm
            </Button>
            <Button look={look} disabled>
              Confirm
            </Button>
          </div>
        </Specimen>
      ))}
    </>
  );
}
