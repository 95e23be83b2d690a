import { describe, expect, it } from 'vitest';
import { requests } from '../../shared/contracts/requests/index.ts';
import { itTakesWhatItMust, type Examples } from './request-examples.ts';

const plain = { lane: 'vao-1', name: 'Cổng chính', direction: 'in', input: 'any' };
const tcp = { kind: 'tcp', host: '192.168.1.200', port: 502 };
const modbus = { form: 'modbus', line: tcp, unit: 1, timed: 'waveshare' };
const signal = {
  board: modbus, outputs: { in: 1, out: null }, pulseMs: 500, onRepeat: false, onFire: 'hold',
  passage: { input: 1, wiring: 'normally-open', withinSeconds: 8 }, fire: { input: 8, wiring: 'normally-closed' },
};
const serial = { baudRate: 9600, parity: 'none', end: 'any', wiegand: null };
const wiegand = { line: '{f},{n}', bits: 26, write: 'decimal' };
const set = (...lanes: unknown[]) => ({ lanes });
const withSignal = (part: object) => set({ ...plain, signal: { ...signal, ...part } });
const withBoard = (board: unknown) => withSignal({ board });
const withSerial = (part: object) => set({ ...plain, input: 'serial:COM3', serial: { ...serial, ...part } });
const openId = '7f0c6a52-3d0e-4c6b-9a55-6f0f3a3f0001';

/** Messages that both sides must accept, and ones that both must refuse: lanes, their readers and turnstiles. */
const examples: Examples = {
  'lanes/get': { pass: [{}], refuse: [null] },
  'lanes/set': {
    pass: [
      set(plain), set(plain, { ...plain, lane: 'Lối ra', zone: 'kho' }), withSignal({}), withSignal({ onFire: 5 }), withSignal({ passage: null, fire: null, onFire: 'nothing' }),
      withBoard({ ...modbus, line: { ...tcp, kind: 'rtu-over-tcp', port: 4196 } }), withBoard({ ...modbus, line: { kind: 'rtu', path: 'COM4', baudRate: 19_200, parity: 'even' }, unit: 247 }),
      withBoard({ form: 'lcus', path: '/dev/ttyUSB0' }), withBoard({ form: 'hid', id: null }), withBoard({ form: 'hid', id: 'BMATK' }),
      withSerial({}), withSerial({ end: 'tab', wiegand }), withSerial({ wiegand: { ...wiegand, line: '[{hex}]', bits: 34 } }),
    ],
    refuse: [
      set(), set(plain, plain), set(...Array.from({ length: 9 }, (_, i) => ({ ...plain, lane: `L${i}` }))), set({ ...plain, lane: '' }), set({ ...plain, lane: 'a|b' }),
      withSignal({ pulseMs: 50 }), withSignal({ pulseMs: 550 }), withSignal({ pulseMs: 60_000 }), withSignal({ outputs: { in: 0, out: null } }), withSignal({ outputs: { in: 33, out: null } }),
      withSignal({ passage: { input: 1, wiring: 'normally-open', withinSeconds: 0 } }), withSignal({ onFire: 'open' }), withBoard({ form: 'gpio' }),
      withBoard({ ...modbus, unit: 0 }), withBoard({ ...modbus, unit: 248 }), withBoard({ ...modbus, line: { ...tcp, port: 70_000 } }), withBoard({ ...modbus, line: { ...tcp, host: 'http://x' } }),
      withBoard({ form: 'lcus', path: '' }), withBoard({ form: 'hid', id: 'too long' }), withSerial({ baudRate: 300 }), withSerial({ wiegand: { ...wiegand, line: '.*' } }), withSerial({ wiegand: { ...wiegand, bits: 40 } }),
    ],
  },
  'lanes/test': { pass: [{ on: true }, { on: false }], refuse: [{}, { on: 'yes' }] },
  'lanes/open': { pass: [{ lane: 'vao-1', direction: 'out', openId }], refuse: [{ lane: 'vao-1', direction: 'both', openId }, { lane: '', direction: 'in', openId }, { lane: 'vao-1', direction: 'in', openId: '1' }] },
};

describe('the form of requests about lanes', () => {
  it('every one has examples', () => {
    expect(Object.keys(examples).toSorted()).toEqual(Object.keys(requests).filter((name) => name.startsWith('lanes/')).toSorted());
  });
  itTakesWhatItMust(examples);
});
