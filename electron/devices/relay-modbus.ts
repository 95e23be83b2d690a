import type { RelayBoard } from '../../shared/contracts/signal.ts';
import { openModbusLine, type ModbusTimes } from './modbus-line.ts';
import type { RelayLink } from './turnstile.ts';

/** Waveshare's command "flash on": the coil at this address and above is switched on for units of 100 ms, then off by the board. */
const flashOn = 0x0200;
const flashUnitMs = 100;
const WRITE_COIL = 5;

/**
 * A relay board on a Modbus line: outputs are coils, contacts discrete inputs, both from address 0. Null where nobody is
 * there. Without timed pulses a board keeps an output on until it is told otherwise: then whoever uses it counts the time.
 */
export async function openModbusRelay({ line, unit, timed }: Extract<RelayBoard, { form: 'modbus' }>, times?: ModbusTimes): Promise<RelayLink | null> {
  const open = await openModbusLine(line, times);
  if (open === null) return null;
  return {
    set: (output, on) => open.ask(unit, async (client) => {
      const answer = await client.writeCoil(output - 1, on);
      // An answer to an older question is none.
      if (answer.address !== output - 1 || answer.state !== on) throw new Error('the answer is to another order');
    }),
    ...(timed === 'waveshare' && {
      pulse: (output: number, ms: number) => open.ask(unit, async (client) => {
        const address = flashOn + output - 1;
        const units = Math.max(1, Math.round(ms / flashUnitMs));
        const answer: unknown = await client.customFunction(WRITE_COIL, [address >> 8, address & 0xff, units >> 8, units & 0xff]);
        if (typeof answer !== 'object' || answer === null || !('address' in answer) || answer.address !== address) throw new Error('the answer is to another order');
      }),
    }),
    readInputs: (count) => open.ask(unit, async (client) => (await client.readDiscreteInputs(0, count)).data.slice(0, count)),
    probe: () => open.ask(unit, async (client) => void await client.readCoils(0, 1)),
    onLost: open.onLost,
    close: open.release,
  };
}
