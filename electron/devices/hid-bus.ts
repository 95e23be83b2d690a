import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HIDAsync } from 'node-hid';
import { BAR_CODE_PAGE } from './hid-report.ts';

export interface HidDevice {
  /** Opens the device; may change when it is plugged in again. */
  path: string;
  /** Stays the same when it is plugged in again: serial number, else maker and product number. */
  id: string;
  name: string;
}

/** One open device. */
export interface HidLine {
  /** The report descriptor, where the system gives it. */
  descriptor: Uint8Array | null;
  onReport(listener: (report: Uint8Array) => void): void;
  /** The device went away or cannot be read any more; told once. */
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

/** Port: scanners in HID-POS mode on this machine. */
export interface HidBus {
  scanners(): Promise<HidDevice[]>;
  /** Null where the device is gone or may not be opened. */
  open(path: string): Promise<HidLine | null>;
}

/** The true form, over node-hid. Where its library cannot be loaded there are no devices. */
export const hidBus: HidBus = {
  async scanners() {
    const hid = await import('node-hid').catch(() => null);
    const devices = await hid?.default.devicesAsync().catch(() => []) ?? [];
    return devices
      .filter((device): device is typeof device & { path: string } => device.usagePage === BAR_CODE_PAGE && device.path !== undefined)
      .map((device) => ({
        path: device.path, id: idOf(device),
        name: [device.manufacturer, device.product].filter((part) => part !== undefined && part !== '').join(' ') || 'HID-POS',
      }));
  },
  async open(file) {
    const { default: hid } = await import('node-hid');
    const [device, descriptor] = await Promise.all([hid.HIDAsync.open(file).catch(() => null), descriptorOf(file)]);
    return device === null ? null : lineOf(device, descriptor);
  },
};

function idOf({ serialNumber, vendorId, productId }: { serialNumber?: string | undefined; vendorId: number; productId: number }): string {
  const hex = (number: number): string => number.toString(16).padStart(4, '0');
  return serialNumber !== undefined && serialNumber !== '' ? serialNumber : `${hex(vendorId)}:${hex(productId)}`;
}

function lineOf(device: HIDAsync, descriptor: Uint8Array | null): HidLine {
  return {
    descriptor,
    onReport: (listener) => void device.on('data', (report: Uint8Array) => listener(report)),
    onLost: (listener) => void device.once('error', () => listener()),
    close: () => device.close().catch(() => undefined),
  };
}

/** Only Linux lays the descriptor beside the device file. */
async function descriptorOf(file: string): Promise<Uint8Array | null> {
  if (process.platform !== 'linux' || !file.startsWith('/dev/hidraw')) return null;
  return readFile(`/sys/class/hidraw/${path.basename(file)}/device/report_descriptor`).catch(() => null);
}
