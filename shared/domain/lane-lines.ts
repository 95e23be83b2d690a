import { usualSerial } from '../contracts/lane-serial.ts';
import type { Lane } from '../contracts/requests/system.ts';
import { boardName } from '../contracts/signal.ts';

/** Two lanes that use one port, converter or board with different settings, by name; null where none do: only one of them could work. */
export function laneClash(lanes: readonly Lane[]): [string, string] | null {
  const known = new Map<string, { lane: string; settings: string }>();
  for (const lane of lanes) {
    for (const [line, settings] of linesOf(lane)) {
      const first = known.get(line);
      if (first === undefined) known.set(line, { lane: lane.lane, settings });
      else if (first.settings !== settings) return [first.lane, lane.lane];
    }
  }
  return null;
}

function linesOf({ input, serial, signal }: Lane): [line: string, settings: string][] {
  const lines: [string, string][] = input.startsWith('serial:') ? [[`port ${input.slice('serial:'.length)}`, `scanner ${JSON.stringify(serial ?? usualSerial)}`]] : [];
  const board = signal?.board;
  if (board?.form === 'lcus') lines.push([`port ${board.path}`, 'lcus']);
  if (board?.form !== 'modbus') return lines;
  const { line } = board;
  lines.push(line.kind === 'rtu' ? [`port ${line.path}`, `modbus ${line.baudRate} ${line.parity}`] : [`converter ${line.host}:${line.port}`, line.kind]);
  return [...lines, [`board ${boardName(board)}`, board.timed]];
}
