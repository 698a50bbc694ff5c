import { PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { HarmSelect } from '../../parts/harm-select.tsx';
import { NewPassword } from '../../parts/new-password.tsx';
import { QueryField } from '../../parts/query-field.tsx';
import { QueryOptions } from '../../parts/query-options.tsx';
import { RangeFields } from '../../parts/range-fields.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { SourceForm } from '../../parts/source-form.tsx';
import { LONG, NOTICED, ONSET, REFUSAL } from './samples.ts';
import { Shelf, Specimen } from './specimen.tsx';

const NOTHING = () => {};
const suggest = () =>
  Promise.resolve([
    { value: 'BR', label: 'BR', count: 1200 },
    { value: 'DE', label: 'DE', count: 310 },
  ]);

export function FieldsShelf() {
  return (
    <Shelf title="Fields" why="a name above, what it is for below, what is wrong in its place">
      <Specimen of="Text: empty, filled, disabled">
        <div className="stack">
          <TextInput label="Name of the source" description="As your colleagues call it" placeholder="App reviews" />
          <TextInput label="Name" defaultValue={LONG} />
          <TextInput label="Mail address" defaultValue="ines@example.org" disabled />
        </div>
      </Specimen>
      <Specimen of="Text with an error, a longer text, a choice, a switch">
        <div className="stack">
          <TextInput label="Address" defaultValue="htp://" error="This is no address. It begins with https://" />
          <Textarea label="Note" minRows={2} autosize />
          <label className="row">
            <span>Sort by</span>
            <select className="plain">
              <option>noticed</option>
              <option>people</option>
            </select>
          </label>
          <Switch label="Compact rows" description="Of this browser alone" />
          <Switch label="Sent to everybody" disabled />
          <label className="row">
            <input type="checkbox" /> Only copies
          </label>
        </div>
      </Specimen>
      <Specimen of="HarmSelect">
        <HarmSelect harm="self_harm.imminent" onChange={NOTHING} />
      </Specimen>
      <PasswordAndSearch />
      <Forms />
    </Shelf>
  );
}

function PasswordAndSearch() {
  const [password, setPassword] = useState('short');
  return (
    <>
      <Specimen of="NewPassword: too short, as it is being typed">
        <NewPassword value={password} onChange={setPassword} />
      </Specimen>
      <Specimen of="Password, refused">
        <PasswordInput
          label="Present password"
          error="This is not your present password."
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
        />
      </Specimen>
      <Specimen of="SearchField, large and little">
        <div className="stack">
          <SearchField value="" label="Search" hint="Title or key" onSearch={NOTHING} />
          <SearchField value="upload" label="Narrow down" hint="Title or key" little onSearch={NOTHING} />
        </div>
      </Specimen>
      <Specimen of="Field with the focus">
        <div className="search-field is-focused">
          <span>The focus is here</span>
        </div>
      </Specimen>
      <Specimen of="QueryField: type, it helps" wide>
        <QueryField
          value="upload country:BR -ios"
          label="Query"
          hint="words, field:value"
          onSearch={NOTHING}
          suggest={suggest}
        />
      </Specimen>
      <Specimen of="QueryOptions" wide>
        <div className="parts-open">
          <QueryOptions
            id="parts-options"
            active={1}
            options={[
              { kind: 'recent', value: 'payout', label: 'payout', count: null },
              { kind: 'recent', value: LONG, label: LONG, count: null },
            ]}
            onChoose={NOTHING}
          />
        </div>
      </Specimen>
    </>
  );
}

function Forms() {
  const [range, setRange] = useState({ from: ONSET, to: NOTICED });
  return (
    <>
      <Specimen of="RangeFields" wide>
        <RangeFields range={range} chosen onRange={(next) => next && setRange(next)} />
      </Specimen>
      <Specimen of="SourceForm">
        <SourceForm busy={false} error={null} onCreate={NOTHING} onCancel={NOTHING} />
      </Specimen>
      <Specimen of="SourceForm, busy">
        <SourceForm busy error={null} onCreate={NOTHING} />
      </Specimen>
      <Specimen of="SourceForm, refused">
        <SourceForm busy={false} error={REFUSAL} onCreate={NOTHING} />
      </Specimen>
    </>
  );
}
