import { describe, expect, it } from 'vitest';
import { usualSerial } from '../../shared/contracts/lane-serial.ts';
import type { Lane } from '../../shared/contracts/requests/system.ts';
import { draftOf, readDraft } from '../../renderer/views/admin/device/lane-draft.ts';

const signal: Lane['signal'] = {
  board: { form: 'modbus', line: { kind: 'tcp', host: '192.168.1.200', port: 502 }, unit: 3, timed: 'waveshare' }, outputs: { in: 1, out: null }, pulseMs: 800, onRepeat: false,
  passage: { input: 2, wiring: 'normally-open', withinSeconds: 8 }, fire: { input: 8, wiring: 'normally-closed' }, onFire: 4,
};
const plain: Lane = { lane: 'L1', name: 'Cổng chính', direction: 'in', input: 'any' };
const lanes: [string, Lane][] = [
  ['without a turnstile', plain],
  ['with a zone', { ...plain, zone: 'kho' }],
  ['on Modbus TCP, with contacts', { ...plain, signal }],
  ['on Modbus RTU', { ...plain, signal: { ...signal, board: { form: 'modbus', line: { kind: 'rtu', path: 'COM4', baudRate: 19_200, parity: 'even' }, unit: 1, timed: 'none' } } }],
  ['on RTU over TCP', { ...plain, signal: { ...signal, board: { form: 'modbus', line: { kind: 'rtu-over-tcp', host: 'relay.local', port: 4196 }, unit: 1, timed: 'none' } } }],
  ['on LCUS', { ...plain, signal: { ...signal, board: { form: 'lcus', path: 'COM5' }, passage: null, fire: null, onFire: 'nothing' } }],
  ['on an HID relay', { ...plain, signal: { ...signal, board: { form: 'hid', id: 'BMATK' }, passage: null, fire: null, onFire: 'hold' } }],
  ['with a serial reader', { ...plain, input: 'serial:/dev/ttyACM0', serial: usualSerial }],
  ['with a Wiegand converter', { ...plain, input: 'serial:COM3', serial: { ...usualSerial, wiegand: { line: '{hex}', bits: 26, write: 'hex' } } }],
];

describe('a lane in its form', () => {
  it.each(lanes)('%s comes out as it went in', (_, lane) => {
    expect(readDraft(draftOf(lane, []), [])).toEqual({ lane, errors: {} });
  });
  it('a new one has the first free id, and the board of another lane', () => {
    const draft = draftOf(null, [plain, { ...plain, lane: 'L3', signal }]);
    expect(draft).toMatchObject({ lane: 'L2', kind: 'tcp', host: '192.168.1.200', unit: '3', timed: true, hasSignal: false });
  });
  it('what is wrong is told by field', () => {
    const draft = { ...draftOf(null, []), lane: 'L1', name: ' ', hasSignal: true, host: 'http://x', port: '0', unit: '248', outIn: null, input: 'serial:', wiegand: true, wiegandLine: 'card' };
    const { lane, errors } = readDraft(draft, [plain]);
    expect([lane, Object.keys(errors).toSorted()]).toEqual([null, ['host', 'input', 'lane', 'name', 'outIn', 'port', 'unit', 'wiegandLine']]);
  });
  it('a USB relay has no contacts, whatever was entered before', () => {
    const { lane } = readDraft({ ...draftOf({ ...plain, signal }, []), kind: 'lcus', path: 'COM5' }, []);
    expect(lane?.signal).toMatchObject({ board: { form: 'lcus', path: 'COM5' }, passage: null, fire: null });
  });
});
