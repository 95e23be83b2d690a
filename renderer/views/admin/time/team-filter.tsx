import type { Output } from '../../../../shared/contracts/requests/index.ts';
import type { Option } from '../../../components/select.tsx';
import { timesheet as text } from '../../../texts/timesheet.ts';
import { FilterSelect } from '../filter-select.tsx';

type Choices = Output<'timesheet/choices'>;
/** Whose dates are shown; null is all. */
export interface Team { shiftId: string | null; department: string | null; employer: string | null }

export const everybody: Team = { shiftId: null, department: null, employer: null };

/** True where somebody is left out. */
export function isSomeTeam(team: Team): boolean {
  return Object.values(team).some((value) => value !== null);
}

/** Shifts as a list to choose from: by id, with the name where it has one. */
export function shiftOptions(shifts: Choices['shifts']): Option[] {
  return shifts.map(({ id, name }) => ({ id, label: name === '' ? id : `${id} · ${name}` }));
}

/** The filter by shift, team and employer. `choices` null: not loaded yet. */
export function TeamFilter({ choices, team, onChange }: { choices: Choices | null; team: Team; onChange: (team: Team) => void }) {
  return (
    <>
      <FilterSelect label={text.shift} options={shiftOptions(choices?.shifts ?? [])} value={team.shiftId} onChange={(shiftId) => onChange({ ...team, shiftId })} />
      <FilterSelect label={text.department} options={choices?.departments ?? []} value={team.department} onChange={(department) => onChange({ ...team, department })} />
      <FilterSelect label={text.employer} options={choices?.employers ?? []} value={team.employer} onChange={(employer) => onChange({ ...team, employer })} />
    </>
  );
}
