import { addTask, type CaseDetail, type CaseTask, settleTask } from '@groundswell/contract';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { useCaseAct } from './case-queries.ts';
import { DueChoice, dueIn } from './due-choice.tsx';

/** What is still to be done, by whom and until when; open ones first, the next due on top. */
export function TasksPanel({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const may = kase.can.includes('change');
  const write = () => field.current?.focus();
  useKeys(may ? [{ name: 'case.task', label: t('case.key.task'), run: write }] : []);
  useActs(may ? [{ label: t('case.key.task'), shortcut: 'case.task', run: write }] : []);
  const open = kase.tasks.filter(({ done }) => done === null).toSorted(byDue);
  const done = kase.tasks.filter((one) => one.done !== null);
  return (
    <Panel title={t('case.tasks.title')} count={open.length}>
      <div className="panel-body stack">
        {open.length + done.length === 0 && <p className="faint">{t('case.tasks.none')}</p>}
        <ul className="case-tasks">
          {[...open, ...done].map((task) => (
            <Task key={task.id} kase={kase} task={task} may={may} />
          ))}
        </ul>
        {may && <TaskForm kase={kase} field={field} />}
      </div>
    </Panel>
  );
}

const byDue = (a: CaseTask, b: CaseTask) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9');

function Task({ kase, task, may }: { kase: CaseDetail; task: CaseTask; may: boolean }) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const { text: todo, done } = task;
  const late = done === null && task.dueAt !== null && Date.parse(task.dueAt) < Date.now();
  const settle = () =>
    act.mutate(() => call(settleTask, { params: { id: kase.id, part: task.id }, body: { done: done === null } }));
  return (
    <li className={done ? 'faint' : undefined}>
      <label className="row top">
        <input type="checkbox" checked={done !== null} disabled={!may || act.isPending} onChange={settle} />
        <span className={done ? 'case-done' : undefined}>
          <Words>{todo}</Words>
        </span>
      </label>
      <span className="small faint row wrap">
        {task.owner ? <Words>{task.owner.name}</Words> : t('triage.nobody')}
        {task.dueAt && (
          <span className={late ? 'is-bad' : undefined}>
            {t(late ? 'case.tasks.late' : 'case.clocks.due')} <Time at={task.dueAt} />
          </span>
        )}
      </span>
      {act.isError && <ErrorNote error={act.error} />}
    </li>
  );
}

function TaskForm({ kase, field }: { kase: CaseDetail; field: React.RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const [todo, setTodo] = useState('');
  const [owner, setOwner] = useState(kase.owner?.id ?? '');
  const [minutes, setMinutes] = useState<number | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (todo.trim() === '' || act.isPending) return;
    const body = { text: todo, owner: owner || null, dueAt: minutes === null ? null : dueIn(minutes) };
    act.mutate(() => call(addTask, { params: { id: kase.id }, body }), { onSuccess: () => setTodo('') });
  };
  return (
    <form className="stack tight case-task-form" onSubmit={submit}>
      <label>
        <span className="small">
          {t('case.tasks.new')} <KeyHint of="case.task" />
        </span>
        <input
          ref={field}
          maxLength={500}
          dir="auto"
          value={todo}
          onChange={(event) => setTodo(event.currentTarget.value)}
        />
      </label>
      <div className="row wrap">
        <select
          className="plain"
          aria-label={t('case.tasks.whose')}
          value={owner}
          onChange={(e) => setOwner(e.target.value)}
        >
          <option value="">{t('triage.nobody')}</option>
          {kase.colleagues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <DueChoice
          label={t('case.tasks.until')}
          nothing={t('case.tasks.noDue')}
          minutes={minutes}
          onChange={setMinutes}
        />
        <Button small type="submit" busy={act.isPending} disabled={todo.trim() === ''}>
          {t('case.tasks.add')}
        </Button>
      </div>
      {act.isError && <ErrorNote error={act.error} />}
    </form>
  );
}
