import type { Input, RequestName } from '../../../shared/contracts/requests/index.ts';
import { useLoad, type Loaded } from '../../kiosk.ts';
import { useStatus } from '../../status.tsx';

/** Data of a working screen: asked only while someone is logged in, and anew after each log-in. */
export function useWorkLoad<N extends RequestName>(name: N, input: Input<N> | null, everyMs?: number): Loaded<N> {
  const { status } = useStatus();
  return useLoad(name, status.session === null ? null : input, everyMs);
}
