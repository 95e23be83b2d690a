import { admin } from '../../texts/admin.ts';
import { useStatus } from '../../status.tsx';

/** The name of a lane at all gates of a site: the gate's sign, a slash, its own name of the lane. */
const siteLane = /^([0-9a-f]{8})\/(.+)$/;

/** What people call a lane; its code where it has no name, or is another gate's. `before` stands before a mere code. */
export function LaneName({ lane, before = '' }: { lane: string; before?: string }) {
  const { status } = useStatus();
  const [, gate = status.device, code = lane] = siteLane.exec(lane) ?? [];
  if (!status.device.startsWith(gate)) return <>{before}{code} ({admin.otherGate})</>;
  return <>{status.lanes.find((one) => one.lane === code)?.name || `${before}${code}`}</>;
}
