import { DisplayName, LoginName, Secret } from '../../../shared/contracts/people.ts';
import { Lane, type Mode, type SetUpInput } from '../../../shared/contracts/requests/system.ts';
import { isHubAddress } from '../../../shared/domain/hub-address.ts';
import { loginNameFor } from './login-name.ts';
import { setup } from '../../texts/setup.ts';

export type Way = 'hub' | 'demo' | 'later';
export type InputKind = keyof typeof setup.lanes.inputs;

export interface LaneDraft {
  /** Only tells the rows of the form apart. */
  key: number;
  lane: string;
  name: string;
  direction: Lane['direction'];
  input: InputKind;
  /** COM port or reader name, where the input has one. */
  device: string;
}

/** What the wizard holds until it is complete: as typed. */
export interface Draft {
  mode: Mode | null;
  way: Way | null;
  code: string;
  name: string;
  url: string;
  enrolCode: string;
  lanes: LaneDraft[];
  adminName: string;
  /** Null while it follows the name. */
  loginName: string | null;
  secret: string;
  again: string;
}

export type StepName = 'place' | 'unit' | 'lanes' | 'admin' | 'summary';

export const emptyDraft: Draft = {
  mode: null, way: null, code: '', name: '', url: '', enrolCode: '', lanes: [newLane([])], adminName: '', loginName: null, secret: '', again: '',
};

/** A further lane with the first free name. */
export function newLane(lanes: readonly LaneDraft[]): LaneDraft {
  const key = lanes.reduce((most, l) => Math.max(most, l.key), 0) + 1;
  return { key, lane: `L${key}`, name: setup.lanes.lane(key), direction: 'both', input: 'any', device: '' };
}

/** The steps of the first run: only a gate has lanes. */
export function stepsOf(mode: Mode | null): readonly StepName[] {
  return mode === 'counter' ? ['place', 'unit', 'admin', 'summary'] : ['place', 'unit', 'lanes', 'admin', 'summary'];
}

/** True where a lane's input is a device that must be named. */
export function hasDevice(input: InputKind): boolean {
  return input === 'serial' || input === 'hid' || input === 'card';
}

/** A kiosk with one HID-POS scanner need not name it. */
function needsDevice(input: InputKind): boolean {
  return hasDevice(input) && input !== 'hid';
}

export interface LaneErrors { lane: string | null; name: string | null; device: string | null }

/** What is wrong with a lane, by field, in words for its field. */
export function laneErrors(lane: LaneDraft, all: readonly LaneDraft[]): LaneErrors {
  const text = setup.lanes;
  const same = all.some((l) => l.key !== lane.key && l.lane === lane.lane);
  return {
    lane: lane.lane === '' ? text.missing : !Lane.shape.lane.safeParse(lane.lane).success ? text.badId : same ? text.sameId : null,
    name: lane.name.trim() === '' ? text.missing : null,
    device: needsDevice(lane.input) && lane.device.trim() === '' ? text.missing : null,
  };
}

/** The administrator's log-in name: as typed, else made of the name. */
export function loginName(draft: Draft): string {
  return draft.loginName ?? loginNameFor(draft.adminName);
}

const unitDone = (d: Draft): boolean => d.way !== null && d.code.trim() !== '' && d.name.trim() !== ''
  && (d.way !== 'hub' || (isHubAddress(d.url.trim()) && d.enrolCode.trim() !== ''));
const adminDone = (d: Draft): boolean => DisplayName.safeParse(d.adminName).success && LoginName.safeParse(loginName(d)).success
  && Secret.safeParse(d.secret).success && d.secret === d.again;
const lanesDone = (d: Draft): boolean => d.lanes.length > 0
  && d.lanes.every((lane) => Object.values(laneErrors(lane, d.lanes)).every((e) => e === null));

/** May one go on from this step? */
export function stepDone(step: StepName, draft: Draft): boolean {
  switch (step) {
    case 'place': return draft.mode !== null;
    case 'unit': return unitDone(draft);
    case 'lanes': return lanesDone(draft);
    case 'admin': return adminDone(draft);
    case 'summary': return true;
  }
}

/** The request that a complete draft stands for. */
export function toInput(draft: Draft): SetUpInput {
  const clean = (s: string): string => s.trim().normalize('NFC');
  return {
    mode: draft.mode ?? 'counter',
    unit: { code: clean(draft.code), name: clean(draft.name) },
    lanes: draft.mode === 'gate'
      ? draft.lanes.map((l) => ({ lane: l.lane, name: clean(l.name), direction: l.direction, input: hasDevice(l.input) && l.device.trim() !== '' ? `${l.input}:${l.device.trim()}` : l.input }))
      : [],
    admin: { loginName: loginName(draft), displayName: clean(draft.adminName), secret: draft.secret },
    hub: draft.way === 'hub' ? { url: draft.url.trim(), code: draft.enrolCode.trim() } : null,
    demo: draft.way === 'demo',
  };
}
