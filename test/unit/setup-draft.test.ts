import { describe, expect, it } from 'vitest';
import { SetUpInput } from '../../shared/contracts/requests/system.ts';
import { emptyDraft, laneErrors, newLane, stepDone, stepsOf, toInput, type Draft } from '../../renderer/views/setup/draft.ts';
import { loginNameFor } from '../../renderer/views/setup/login-name.ts';
import { secretStrength } from '../../renderer/views/setup/secret-strength.ts';
import { answerKind, showsName } from '../../renderer/views/gate/answer-kind.ts';
import { Outcome } from '../../shared/contracts/requests/gate.ts';

const gate: Draft = {
  ...emptyDraft, mode: 'gate', way: 'demo', code: ' DEMO-01 ', name: 'Nhà máy Mẫu', adminName: 'Nguyễn Văn An', secret: '246813', again: '246813',
};

describe('a draft of the set-up', () => {
  it('that is complete passes every step and fits the contract', () => {
    expect(stepsOf(gate.mode).every((step) => stepDone(step, gate))).toBe(true);
    const input = toInput(gate);
    expect(SetUpInput.parse(input)).toEqual(input);
    expect(input).toMatchObject({ unit: { code: 'DEMO-01' }, lanes: [{ lane: 'L1', input: 'any' }], admin: { loginName: 'an.nv' }, hub: null, demo: true });
  });

  it('of a counter has no lanes, neither as a step nor in the request', () => {
    expect(stepsOf('counter')).not.toContain('lanes');
    expect(toInput({ ...gate, mode: 'counter' }).lanes).toEqual([]);
  });

  it('holds a decomposed name in NFC when it is sent', () => {
    expect(toInput({ ...gate, adminName: 'Nguyễn Văn An'.normalize('NFD') }).admin.displayName).toBe('Nguyễn Văn An');
  });

  it.each([
    ['unit', { code: ' ' }], ['unit', { way: 'hub', url: 'motcua', enrolCode: '123' }], ['unit', { way: 'hub', url: 'https://hub.example', enrolCode: '' }],
    ['unit', { way: 'hub', url: 'file:///tmp', enrolCode: '123' }],
    ['admin', { again: '246814' }], ['admin', { secret: '12345', again: '12345' }], ['admin', { loginName: 'Ấn' }], ['lanes', { lanes: [] }],
  ] as const)('stops at %s with %o', (step, part) => {
    expect(stepDone(step, { ...gate, ...part, lanes: 'lanes' in part ? [...part.lanes] : gate.lanes })).toBe(false);
  });

  it('names new lanes so that they do not clash, and tells those that do', () => {
    const one = newLane([]);
    const two = newLane([one]);
    expect(laneErrors(two, [one, two])).toEqual({ lane: null, name: null, device: null });
    expect(laneErrors({ ...two, lane: one.lane }, [one, two]).lane).not.toBeNull();
    expect(laneErrors({ ...two, input: 'serial' }, [one, two]).device).not.toBeNull();
    expect(toInput({ ...gate, lanes: [{ ...one, input: 'serial', device: ' COM3 ' }] }).lanes[0]?.input).toBe('serial:COM3');
    expect(laneErrors({ ...two, input: 'hid' }, [one, two]).device).toBeNull();
    expect(['', ' S1 '].map((device) => toInput({ ...gate, lanes: [{ ...one, input: 'hid', device }] }).lanes[0]?.input)).toEqual(['hid', 'hid:S1']);
  });
});

describe('the log-in name of a person', () => {
  it.each([['Nguyễn Văn An', 'an.nv'], ['Đặng Thị Hòa', 'hoa.dt'], ['An', 'an'], ['  ', '']])('%o is %o', (name, login) => expect(loginNameFor(name)).toBe(login));
});

describe('the strength of a secret', () => {
  it.each([
    ['12345', 'short'], ['abcdefg', 'short'], ['123456', 'weak'], ['987654', 'weak'], ['111111', 'weak'], ['121212', 'weak'], ['01011990', 'weak'], ['19900101', 'weak'],
    ['matkhau1', 'weak'], ['246813', 'fair'], ['82460317', 'good'], ['mua-xuan-moi', 'good'],
  ])('%o is %s', (secret, strength) => expect(secretStrength(secret)).toBe(strength));
});

describe('how a gate answers', () => {
  it('names nobody but those who pass', () => {
    expect(Outcome.options.filter((outcome) => showsName({ outcome }))).toEqual(['recorded', 'repeat']);
  });

  it('shows a barred person to bystanders like anybody who is to see the guard', () => {
    expect({ ...answerKind({ outcome: 'barred', direction: null, reason: 'barred' }), text: '' }).toEqual({ ...answerKind({ outcome: 'ask-guard', direction: null, reason: 'opposite-lane' }), text: '' });
  });

  it('tells in from out by word and shape', () => {
    const [way, back] = (['in', 'out'] as const).map((direction) => answerKind({ outcome: 'recorded', direction, reason: 'lane' }));
    expect(way?.sign).not.toBe(back?.sign);
    expect(way?.text).not.toBe(back?.text);
  });
});
