import { useStatus } from '../../status.tsx';

/** What people call a lane; its code where it has no name, or is another gate's. */
export function LaneName({ lane }: { lane: string }) {
  const { status } = useStatus();
  return <>{status.lanes.find((one) => one.lane === lane)?.name || lane}</>;
}
