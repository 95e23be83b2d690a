import { setTimeout as wait } from 'node:timers/promises';

export interface SerialPortInfo {
  path: string;
  /** USB maker and device number; null for ports of the machine itself. */
  vendorId: string | null;
  name: string;
  /** What stays the same when the device gets another path: maker, product and serial number; null for ports of the machine itself. */
  id: string | null;
}

/** A system that does not answer so long, in milliseconds, says nothing of its ports. */
const patienceMs = 3000;
/** The whole list is one program's run on Linux: scanners that look for their devices share it for so long. */
const sharedMs = 1000;

/** Serial ports of this machine, USB ones first; none where the system cannot list them. */
export async function listSerialPorts(): Promise<SerialPortInfo[]> {
  const { SerialPort: Port } = await import('serialport');
  const ports = await Promise.race([Port.list().catch(() => []), wait(patienceMs, [], { ref: false })]);
  return ports
    .map((port) => ({ path: port.path, vendorId: port.vendorId ?? null, name: port.manufacturer ?? port.path, id: portId(port) }))
    .sort((a, b) => Number(b.vendorId !== null) - Number(a.vendorId !== null));
}

let shared: { at: number; ports: Promise<SerialPortInfo[]> } | null = null;

/** The same, at most a second old. */
export function recentSerialPorts(): Promise<SerialPortInfo[]> {
  if (shared === null || performance.now() - shared.at > sharedMs) shared = { at: performance.now(), ports: listSerialPorts() };
  return shared.ports;
}

/** The stable identity of a USB port: maker, product and serial number, the last one empty where the device has none. */
export function portId({ vendorId, productId, serialNumber }: { vendorId?: string | undefined; productId?: string | undefined; serialNumber?: string | undefined }): string | null {
  if (vendorId === undefined || productId === undefined) return null;
  // Windows makes up a number from the socket where the device has none; it holds an ampersand.
  const serial = serialNumber === undefined || serialNumber.includes('&') ? '' : serialNumber;
  return `${vendorId}:${productId}:${serial}`.toLowerCase();
}

/** A scanner as others of this process see it: the paths that are its own, and the device that it knows as its own. */
export interface PortOwner { paths: readonly string[]; id: string | null }

/**
 * Under which path the device of `self` is now, which was set under the first of its paths. That path where nothing else is
 * sure: it was never seen, two look alike, or the only one of its kind may be another scanner's. Null: what is there is another's.
 */
export function pathOfDevice(self: PortOwner, others: readonly PortOwner[], ports: readonly SerialPortInfo[]): string | null {
  const path = self.paths[0]!;
  const { id } = self;
  const alike = id === null ? [] : ports.filter((port) => port.id === id);
  const [only] = alike;
  if (alike.length === 1 && only !== undefined && only.path !== path) {
    // With a serial number it is that very device, whoever was set to the path on which it is now.
    if (!isOfKind(id) || !others.some(({ paths }) => paths.includes(only.path))) return only.path;
  }
  const there = ports.find((port) => port.path === path)?.id ?? null;
  return there !== null && there !== id && !isOfKind(there) && others.some((other) => other.id === there) ? null : path;
}

/** Whether an identity tells a kind of device only. */
function isOfKind(id: string | null): boolean {
  return id === null || id.endsWith(':');
}
