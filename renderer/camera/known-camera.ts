import type { CameraSetup } from '../../shared/contracts/requests/system.ts';

type Device = NonNullable<CameraSetup['device']>;

/**
 * The camera that was chosen, among those that are plugged in now; null where it is gone. The browser's id is believed
 * first. It changes with the profile and, for some cameras, with the socket: then the one of the same name and group,
 * or the only one of that name, is the same camera. Two of one name are not guessed between.
 */
export function findKnownCamera<D extends Device>(chosen: Device, plugged: readonly D[]): D | null {
  const byId = plugged.find((d) => d.deviceId === chosen.deviceId);
  if (byId !== undefined) return byId;
  if (chosen.label === '') return null;
  const named = plugged.filter((d) => d.label === chosen.label);
  const [only, second] = named;
  if (only !== undefined && second === undefined) return only;
  return named.find((d) => d.groupId === chosen.groupId) ?? null;
}
