import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import type { MusterPerson, MusterTeam } from '../../../shared/contracts/requests/muster.ts';
import { certaintyAt, musterState, staysUntil, type MusterState } from '../../../shared/domain/muster.ts';
import { fold } from '../../../shared/domain/vietnamese.ts';
import {
  eachWorkerName, findMuster, findVisitorByNo, listMusters, readKiosk, readMovesSince, readMusterPeople, readPresentVisitors, readPresentWorkers, readShifts,
  readTicks, runningMuster, type Muster, type MusterKind, type MusterPeople, type Store,
} from '../../store/index.ts';

/** The team of everybody who is not of the roster, on screens and lists. */
const visitorTeam = 'Khách và nhà thầu';

export interface InsidePerson extends MusterPerson { employerOfRecord: string }

/**
 * Everybody inside by his last scan, surely or perhaps, by employer, team and code. Nobody is left out because his shift is
 * long over: in a fire one looks for whoever may be there. @param now milliseconds since 1970
 */
export function peopleInside(store: Store, now: number): InsidePerson[] {
  const zoneOf = zones(store);
  const shifts = readShifts(store);
  const ends = new Map<string, number>();
  const until = (shiftId: string | null, assigned: string | null, workDate: string, since: number): number => {
    const ids = assigned === null ? [] : assigned.split('\u001f');
    const key = `${ids.join('\u001f')}|${shiftId}|${workDate}`;
    const assignments = ids.map((id) => ({ workerId: '', shiftId: id, from: workDate, to: workDate }));
    const known = ends.get(key);
    if (known !== undefined && known > since) return known;
    const end = staysUntil({ assignments, shiftId, shifts }, workDate, since);
    if (known === undefined) ends.set(key, end);
    return end;
  };
  const people = readPresentWorkers(store).map(({ workerNo, workerId, fullName, department, employer, employerOfRecord, shiftId, since, lane, workDate, assigned }): InsidePerson => ({
    kind: 'worker', personNo: workerNo, code: workerId, fullName, department, employer, employerOfRecord: employerOfRecord ?? employer, since, lane, zone: zoneOf(lane),
    mayHaveLeft: certaintyAt(until(shiftId, assigned, workDate, Date.parse(since)), now) === 'may-have-left',
  }));
  const visitors = readPresentVisitors(store).map(({ visitorNo, passCode, fullName, company, since, lane }): InsidePerson => ({
    kind: 'visitor', personNo: visitorNo, code: passCode, fullName: fullName ?? '', department: visitorTeam, employer: company, employerOfRecord: company, since, lane,
    // A visitor's pass is given back at the gate: nobody has left without the guard's knowing.
    zone: zoneOf(lane), mayHaveLeft: false,
  }));
  return [...people.sort(inTeams), ...visitors.sort(inTeams)];
}

function inTeams(a: MusterPerson, b: MusterPerson): number {
  return compare(a.employer, b.employer) || compare(a.department, b.department) || compare(a.code, b.code);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The zone that one enters by a lane; none set: empty, the whole site. */
function zones(store: Store): (lane: string) => string {
  const known = new Map((readKiosk(store)?.lanes ?? []).map(({ lane, zone }) => [lane, zone ?? '']));
  return (lane) => known.get(lane) ?? '';
}

/** Counts and people of everybody inside now. */
export function headCount(store: Store, { query, zone, employer, department, limit, now }: Input<'muster/now'> & { now: number }): Output<'muster/now'> {
  const people = peopleInside(store, now);
  const wanted = wants({ query, employer, department });
  const found = people.filter((person) => (zone === null || person.zone === zone) && wanted(person));
  const teams = groups(people, ({ kind, employer: firm, department: team }) => (kind === 'visitor' ? ['', visitorTeam] : [firm, team]));
  return {
    at: new Date(now).toISOString(), total: people.length, mayHaveLeft: people.filter((each) => each.mayHaveLeft).length,
    visitors: people.filter(({ kind }) => kind === 'visitor').length,
    zones: groups(people, (person) => [person.zone]).map(({ key: [name = ''], ...counts }) => ({ zone: name, ...counts })),
    teams: teams.map(({ key: [firm = '', team = ''], ...counts }) => ({ employer: firm, department: team, ...counts })),
    employers: groups(people, (person) => [person.employer]).map(({ key: [firm = ''], ...counts }) => ({ employer: firm, ...counts })),
    employersOfRecord: groups(people, (person) => [person.employerOfRecord]).map(({ key: [firm = ''], ...counts }) => ({ employer: firm, ...counts })),
    found: found.length, people: found.slice(0, limit).map(shown),
  };
}

/** Only what a screen shows. */
function shown({ kind, personNo, code, fullName, department, employer, since, lane, zone, mayHaveLeft }: MusterPerson): MusterPerson {
  return { kind, personNo, code, fullName, department, employer, since, lane, zone, mayHaveLeft };
}

function groups(people: readonly InsidePerson[], keyOf: (person: InsidePerson) => string[]): { key: string[]; count: number; mayHaveLeft: number }[] {
  const all = new Map<string, { key: string[]; count: number; mayHaveLeft: number }>();
  for (const person of people) {
    const key = keyOf(person);
    const name = key.join('\u001f');
    const group = all.get(name) ?? { key, count: 0, mayHaveLeft: 0 };
    group.count += 1;
    if (person.mayHaveLeft) group.mayHaveLeft += 1;
    all.set(name, group);
  }
  return [...all].sort(([a], [b]) => compare(a, b)).map(([, group]) => group);
}

function wants({ query, employer, department }: { query: string; employer: string | null; department: string | null }): (person: MusterPerson) => boolean {
  const words = fold(query).split(' ').filter((word) => word !== '');
  return (person) => (employer === null || teamOf(person).employer === employer) && (department === null || person.department === department)
    && words.every((word) => fold(`${person.fullName} ${person.code} ${person.department} ${person.employer}`).includes(word));
}

/** Visitors of all firms are one team: nobody leads those of a single one. */
export function teamOf({ kind, employer, department }: Pick<MusterPerson, 'kind' | 'employer' | 'department'>): { employer: string; department: string } {
  return kind === 'visitor' ? { employer: '', department: visitorTeam } : { employer, department };
}

/** What a roll call begins with: the list to freeze, and the codes that its event names. */
export function freezeMuster(store: Store, now: number): { people: MusterPeople; workers: string[]; visitors: string[] } {
  const people = peopleInside(store, now);
  const of = (kind: MusterKind): MusterPeople['workers'] => people.filter((each) => each.kind === kind)
    .map(({ personNo, since, lane, mayHaveLeft }) => [personNo, Date.parse(since), lane, mayHaveLeft ? 1 : 0]);
  return {
    people: { workers: of('worker'), visitors: of('visitor') },
    workers: people.flatMap(({ kind, code }) => (kind === 'worker' ? [code] : [])),
    visitors: readPresentVisitors(store).map(({ visitorId }) => visitorId),
  };
}

export interface RollCallPerson extends MusterPerson { state: MusterState; doneAt: string | null }

/** Lists do not change once they are frozen: names are looked up once for each roll call. */
const lists = new WeakMap<Store, { musterId: string; people: MusterPerson[] }>();

/** Everybody of a roll call as he stands now, and whoever came in after its beginning. */
export function rollCallPeople(store: Store, muster: Muster): RollCallPerson[] {
  const list = listOf(store, muster.musterId);
  const key = (kind: MusterKind, personNo: number): string => `${kind} ${personNo}`;
  const ticks = new Map(readTicks(store, muster.musterId).map((tick) => [key(tick.kind, tick.personNo), tick.at]));
  const moves = new Map((['worker', 'visitor'] as const).flatMap((kind) => readMovesSince(store, kind, muster.startedAt).map((move) => [key(kind, move.personNo), { kind, ...move }] as const)));
  const listed = new Set(list.map(({ kind, personNo }) => key(kind, personNo)));
  const later = [...moves].filter(([name, move]) => move.direction === 'in' && !listed.has(name)).map(([, move]) => person(store, move.kind, move.personNo, move.at, move.lane));
  return [...list, ...later].map((each) => {
    const name = key(each.kind, each.personNo);
    const move = moves.get(name);
    const [tickedAt, outAt] = [ticks.get(name) ?? null, move?.direction === 'out' ? move.at : null];
    const state = musterState({ tickedAt: tickedAt === null ? null : Date.parse(tickedAt), outAt: outAt === null ? null : Date.parse(outAt) });
    return { ...each, state, doneAt: state === 'ticked' ? tickedAt : outAt };
  });
}

function listOf(store: Store, musterId: string): MusterPerson[] {
  const known = lists.get(store);
  if (known?.musterId === musterId) return known.people;
  const { workers, visitors } = readMusterPeople(store, musterId);
  const zoneOf = zones(store);
  const names = new Map(eachWorkerName(store).map((each) => [each.workerNo, each]));
  const people = workers.map(([personNo, since, lane, mayHaveLeft]): MusterPerson => {
    const found = names.get(personNo);
    return {
      kind: 'worker', personNo, code: found?.workerId ?? '', fullName: found?.fullName ?? '', department: found?.department ?? '', employer: found?.employer ?? '',
      since: new Date(since).toISOString(), lane, zone: zoneOf(lane), mayHaveLeft: mayHaveLeft === 1,
    };
  });
  people.push(...visitors.map(([personNo, since, lane]) => person(store, 'visitor', personNo, new Date(since).toISOString(), lane)));
  lists.set(store, { musterId, people });
  return people;
}

function person(store: Store, kind: MusterKind, personNo: number, since: string, lane: string): MusterPerson {
  const place = { since, lane, zone: zones(store)(lane), mayHaveLeft: false };
  if (kind === 'visitor') {
    const visitor = findVisitorByNo(store, personNo);
    return { kind, personNo, code: visitor?.passCode ?? '', fullName: visitor?.fullName ?? '', department: visitorTeam, employer: visitor?.company ?? '', ...place };
  }
  const found = store.sql<[number], { code: string; fullName: string; department: string; employer: string }>(
    'select worker_id as code, full_name as fullName, department, employer from worker where worker_no = ?').get(personNo);
  return { kind, personNo, code: found?.code ?? '', fullName: found?.fullName ?? '', department: found?.department ?? '', employer: found?.employer ?? '', ...place };
}

/** The roll call that runs, else the last one, with its teams and the people that the filter asks for. */
export function musterView(store: Store, { query, employer, department, show, limit }: Input<'muster/state'>): Output<'muster/state'> {
  const muster = runningMuster(store) ?? listMusters(store, 1)[0] ?? null;
  const none = { running: false, rollCall: null, missing: 0, mayHaveLeft: 0, ticked: 0, out: 0, teams: [], found: 0, people: [] };
  if (muster === null) return none;
  const people = rollCallPeople(store, muster);
  const teams = musterTeams(people);
  const found = people.filter((each) => each.state === show && (department === null || each.department === department)).filter(wants({ query, employer, department: null }));
  const sum = (field: 'missing' | 'mayHaveLeft' | 'ticked' | 'out'): number => teams.reduce((n, team) => n + team[field], 0);
  const { musterId, cause, startedAt, startedBy, endedAt } = muster;
  return {
    running: endedAt === null, rollCall: { musterId, cause, startedAt, startedBy, endedAt, total: people.length },
    missing: sum('missing'), mayHaveLeft: sum('mayHaveLeft'), ticked: sum('ticked'), out: sum('out'), teams,
    // Who is surely there is looked for first.
    found: found.length, people: [...found.filter((each) => !each.mayHaveLeft), ...found.filter((each) => each.mayHaveLeft)].slice(0, limit).map((each) => ({ ...shown(each), doneAt: each.doneAt })),
  };
}

/** Teams in the order of the list. `mayHaveLeft` counts, of the missing, those who may have gone home. */
function musterTeams(people: readonly RollCallPerson[]): MusterTeam[] {
  const teams = new Map<string, MusterTeam>();
  for (const each of people) {
    const { employer, department } = teamOf(each);
    const name = `${employer}\u001f${department}`;
    const team = teams.get(name) ?? { employer, department, total: 0, missing: 0, mayHaveLeft: 0, ticked: 0, out: 0 };
    team.total += 1;
    team[each.state] += 1;
    if (each.state === 'missing' && each.mayHaveLeft) team.mayHaveLeft += 1;
    teams.set(name, team);
  }
  return [...teams.values()];
}

/** The counts that the end of a roll call tells, and who is missing still, by code. */
export function musterResult(store: Store, musterId: string): { total: number; ticked: number; out: number; missing: { kind: MusterKind; code: string }[] } {
  const muster = findMuster(store, musterId);
  const people = muster === null ? [] : rollCallPeople(store, muster);
  const count = (state: MusterState): number => people.filter((each) => each.state === state).length;
  return {
    total: people.length, ticked: count('ticked'), out: count('out'),
    missing: people.filter(({ state }) => state === 'missing').map(({ kind, code }) => ({ kind, code })),
  };
}
