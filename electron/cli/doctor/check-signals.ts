import { existsSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { boardName, type RelayBoard } from '../../../shared/contracts/signal.ts';
import type { HidRelayBus } from '../../devices/hid-relay-bus.ts';
import { relayAnswers } from '../../devices/relay-board.ts';
import { ok, warn, type Finding } from './finding.ts';

const advice: Readonly<Record<RelayBoard['form'], string>> = {
  modbus: 'Kiểm tra nguồn của bảng rơ-le, dây mạng hoặc dây RS-485, địa chỉ IP, cổng và địa chỉ Modbus trong phần Làn và thiết bị.',
  lcus: 'Cắm lại rơ-le USB và kiểm tra tên cổng COM trong phần Làn và thiết bị.',
  hid: 'Cắm lại rơ-le USB và kiểm tra tên rơ-le trong phần Làn và thiết bị.',
};
const inUse = 'Nếu ki-ốt đang chạy thì đây là bình thường. Nếu không: đóng chương trình khác đang dùng bảng rơ-le, hoặc cấp quyền dùng thiết bị cho người dùng chạy ki-ốt.';

/** Each relay board of the lanes, asked whether it answers; nothing is switched. No board is no fault: many lanes have none. */
export async function checkSignals(dir: string, hid?: HidRelayBus): Promise<Finding[]> {
  if (!existsSync(path.join(dir, 'store.db'))) return [];
  const { openStore, readKiosk } = await import('../../store/index.ts');
  const boards = new Map<string, { board: RelayBoard; lanes: string[] }>();
  try {
    const store = openStore(dir, { readOnly: true, appVersion: '' });
    try {
      for (const { name, lane, signal } of readKiosk(store)?.lanes ?? []) {
        if (signal === undefined) continue;
        const known = boards.get(boardName(signal.board)) ?? { board: signal.board, lanes: [] };
        boards.set(boardName(signal.board), { ...known, lanes: [...known.lanes, name || lane] });
      }
    } finally {
      store.close();
    }
  } catch (error) {
    // What is wrong with the store is told by its own check.
    if (error instanceof ProblemError) return [];
    throw error;
  }
  const findings: Finding[] = [];
  // One after the other: several may hang on one line.
  for (const [name, { board, lanes }] of boards) {
    const answer = await relayAnswers(board, hid);
    const detail = `${name} (${lanes.join(', ')})`;
    findings.push(answer === 'yes' ? ok('signal', `${detail}: trả lời`)
      : answer === 'missing' ? warn('signal', `${detail}: không trả lời`, advice[board.form])
        : warn('signal', `${detail}: không mở được`, inUse));
  }
  return findings;
}
