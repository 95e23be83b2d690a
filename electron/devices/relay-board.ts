import type { RelayBoard } from '../../shared/contracts/signal.ts';
import type { HidRelayBus } from './hid-relay-bus.ts';
import { openHidRelay } from './relay-hid.ts';
import { openLcusRelay } from './relay-lcus.ts';
import { openModbusRelay } from './relay-modbus.ts';
import { RelayRefusal, type RelayLink } from './turnstile.ts';

/** Opens a board, whatever its form; null where it is not there, an Error where it may not be used. */
export async function openRelay(board: RelayBoard, hid?: HidRelayBus): Promise<RelayLink | null> {
  switch (board.form) {
    case 'modbus': return openModbusRelay(board);
    case 'lcus': return openLcusRelay(board.path);
    case 'hid': return openHidRelay(board.id, hid);
  }
}

/** Whether a board answers, for the system check: nothing is switched. `in-use` also where the right to it is missing. */
export async function relayAnswers(board: RelayBoard, hid?: HidRelayBus): Promise<'yes' | 'missing' | 'in-use'> {
  let link: RelayLink | null = null;
  try {
    link = await openRelay(board, hid);
  } catch {
    return 'in-use';
  }
  if (link === null) return 'missing';
  try {
    await link.probe();
    return 'yes';
  } catch (error) {
    // A board without coils to read says so: it is there.
    return error instanceof RelayRefusal ? 'yes' : 'missing';
  } finally {
    await link.close();
  }
}
