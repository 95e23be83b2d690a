import { vi } from 'vitest';
import { scriptedTurnstile, type ScriptedTurnstile } from '../../electron/devices/turnstile-scripted.ts';
import { readEvents } from '../../electron/store/index.ts';
import type { Lane } from '../../shared/contracts/requests/system.ts';
import type { LaneSignal } from '../../shared/contracts/signal.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

export const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 10_000, interval: 5 });
export const board = (host: string): LaneSignal['board'] => ({ form: 'modbus', line: { kind: 'tcp', host, port: 502 }, unit: 1, timed: 'waveshare' });
export const signal = (part: Partial<LaneSignal> = {}): LaneSignal => ({
  board: board('relay'), outputs: { in: 1, out: 2 }, pulseMs: 500, onRepeat: false, passage: null, fire: null, onFire: 'hold', ...part,
});
export const passage = { input: 3, wiring: 'normally-open', withinSeconds: 1 } as const;
export const fire = { input: 8, wiring: 'normally-closed' } as const;
export const lane = (part: Partial<Lane> = {}): Lane => ({ lane: 'vao', name: 'Vào', direction: 'in', input: 'any', signal: signal(), ...part });

export interface Gate extends TestService { boards: Map<string, ScriptedTurnstile>; board: ScriptedTurnstile; names: string[] }

export async function gate(lanes: Lane[], options: { dir?: string; before?: (turnstile: ScriptedTurnstile) => void } = {}): Promise<Gate> {
  const boards = new Map<string, ScriptedTurnstile>();
  const names: string[] = [];
  const service = await setUpService('gate', {
    ...(options.dir !== undefined && { dir: options.dir }),
    devices: {
      fireTimes: [20, 40],
      turnstile: ({ name }) => {
        const turnstile = scriptedTurnstile();
        // A loop that is whole: no fire.
        turnstile.contact(8, true);
        options.before?.(turnstile);
        boards.set(name, turnstile);
        names.push(name);
        return turnstile;
      },
    },
  });
  await service.ask('lanes/set', { lanes });
  await importRows(service, 'NV1,Trần Thị Bình,001090000011,May 1,Công ty A,2026-01-01,,HC,7700001,,', 'NV2,Lê Văn Cường,001090000022,May 1,Công ty A,2026-01-01,,HC,7700002,,', 'NV4,Phạm Dũng,001090000044,May 1,Công ty A,2026-01-01,,HC,7700004,,true');
  return { ...service, boards, names, get board() { return [...boards.values()].at(-1)!; } };
}
export const scan = (service: TestService, code: string, on = 'vao') => service.ask('gate/scan', { code, lane: on, via: 'camera' });
export const stored = (service: TestService, type: string) => readEvents(service.context.store, { afterSeq: 0, limit: 1000 }).filter((event) => event.type === type).map(({ payload }) => payload);
export const told = (service: TestService, name: string) => service.told.filter((one) => one.name === name).map(({ data }) => data);
