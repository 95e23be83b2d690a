import { useState } from 'react';
import { IconClockEdit, IconFileSpreadsheet, IconSoup, IconTrash } from '@tabler/icons-react';
import { Meal } from '../../../../shared/contracts/visitor.ts';
import type { GuardSettings } from '../../../../shared/contracts/visitor.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { addDays } from '../../../../shared/domain/work-date.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { useToast } from '../../../components/toast.tsx';
import { date as dateText, number, time, today } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import { common } from '../../../texts/common.ts';
import { guard } from '../../../texts/guard.ts';
import { PeriodStep } from '../period-step.tsx';
import { saveFile } from '../save-file.ts';
import { ViewChoice } from '../view-choice.tsx';

type Row = Output<'meals/count'>['rows'][number];

const text = guard.meals;
const columns: Column<Row>[] = [
  { id: 'shift', header: text.shift, width: '150px', cell: (r) => r.shiftId ?? text.noShift },
  { id: 'team', header: text.team, width: 'minmax(200px, 1fr)', cell: (r) => <TwoLines main={r.department === '' ? guard.unknownTeam : r.department} sub={r.employer} /> },
  { id: 'present', header: text.present, width: '120px', end: true, cell: (r) => <span className="digits strong">{number(r.present)}</span> },
  { id: 'expected', header: text.expected, width: '170px', end: true, cell: (r) => <span className="digits">{number(r.expected)}</span> },
];

/** People at the meals of a date, for the canteen. */
export function MealsPanel() {
  const [date, setDate] = useState(() => today());
  const [chosen, setChosen] = useState<string | null>(null);
  const [edits, setEdits] = useState(false);
  const { status } = useStatus();
  const { data, problem, reload } = useLoad('meals/count', { date });
  const file = useRequest('meals/export');
  const toast = useToast();
  const meal = data?.meals.find(({ id }) => id === chosen) ?? data?.meals[0];
  const save = async (): Promise<void> => {
    const made = await file.call({ date });
    if (made === null) return;
    saveFile(made.fileName, made.content, 'xlsx');
    toast('passed', text.saved);
  };
  return (
    <>
      <div className="row row-apart">
        <PeriodStep shown={dateText(date)} earlier={text.earlier} later={text.later} onStep={(by) => setDate(addDays(date, by))} />
        <div className="row">
          {status.session?.user.role === 'kiosk-admin' && <Button icon={<IconClockEdit size={22} aria-hidden />} onPress={() => setEdits(true)}>{text.edit}</Button>}
          <Button busy={file.busy} isDisabled={data === null} icon={<IconFileSpreadsheet size={22} aria-hidden />} onPress={() => { void save(); }}>{text.export}</Button>
        </div>
      </div>
      <ProblemNotice problem={file.problem ?? problem} onRetry={file.problem ? file.again : reload} />
      {data === null && problem === null && <Progress label={common.loading} value={null} of={null} />}
      {data !== null && meal !== undefined && (
        <>
          <ViewChoice label={text.meal} value={meal.id} onChange={setChosen}
            views={data.meals.map(({ id, name, from, to }) => ({ id, label: name, count: text.time(time(from), time(to)) }))} />
          <dl className="counts-row">
            <div className="count"><dt>{text.present}</dt><dd className="digits">{number(meal.present)}</dd></div>
            <div className="count"><dt>{text.expected}</dt><dd className="digits">{number(meal.expected)}</dd></div>
          </dl>
          <Table label={meal.name} columns={columns} rows={data.rows.filter(({ mealId }) => mealId === meal.id)} rowKey={(r) => `${r.shiftId} ${r.employer} ${r.department}`} foot={text.hint}
            empty={<EmptyState icon={<IconSoup size={48} stroke={1.5} aria-hidden />} title={text.empty} />} />
        </>
      )}
      {edits && <EditMeals onClose={() => { setEdits(false); reload(); }} />}
    </>
  );
}

function EditMeals({ onClose }: { onClose: () => void }) {
  const settings = useLoad('guard/settings', {});
  return (
    <Dialog open wide title={text.editTitle} onClose={onClose}>
      <ProblemNotice problem={settings.problem} onRetry={settings.reload} />
      {settings.data !== null && <MealForm settings={settings.data} onClose={onClose} />}
    </Dialog>
  );
}

function MealForm({ settings, onClose }: { settings: GuardSettings; onClose: () => void }) {
  const [meals, setMeals] = useState(settings.meals);
  const [tried, setTried] = useState(false);
  const set = useRequest('guard/set');
  const change = (at: number, over: Partial<Meal>): void => setMeals(meals.map((meal, i) => (i === at ? { ...meal, ...over } : meal)));
  const clockError = (clock: string): string | null => (tried && !/^([01]\d|2[0-3]):[0-5]\d$/.test(clock) ? text.clock : null);
  const save = async (): Promise<void> => {
    setTried(true);
    if (meals.some((meal) => !Meal.safeParse(meal).success)) return;
    if (await set.call({ ...settings, meals }) !== null) onClose();
  };
  return (
    <>
      <ProblemNotice problem={set.problem} onRetry={set.again} />
      {meals.map((meal, at) => (
        <div key={meal.id} className="meal-edit">
          <Field label={text.name} value={meal.name} onChange={(name) => change(at, { name })} maxLength={40} />
          <Field label={text.from} value={meal.from} error={clockError(meal.from)} onChange={(from) => change(at, { from })} maxLength={5} />
          <Field label={text.to} value={meal.to} error={clockError(meal.to)} onChange={(to) => change(at, { to })} maxLength={5} />
          <Button aria-label={text.remove} icon={<IconTrash size={22} aria-hidden />} onPress={() => setMeals(meals.filter((_, i) => i !== at))} />
        </div>
      ))}
      <div className="dialog-actions">
        {meals.length < 8 && <Button onPress={() => setMeals([...meals, { id: crypto.randomUUID().slice(0, 8), name: '', from: '', to: '' }])}>{text.add}</Button>}
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" busy={set.busy} onPress={() => { void save(); }}>{text.save}</Button>
      </div>
    </>
  );
}
