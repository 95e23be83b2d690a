/** One open HID relay: nine bytes there and back, the first of which is the number of the report. */
export interface HidRelayLine {
  send(report: Uint8Array): Promise<void>;
  state(): Promise<Uint8Array>;
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

/** Port: HID relays of this machine (DCTTech and those like it). Scripted: hid-relay-scripted.ts. */
export interface HidRelayBus {
  /** Ways to open each; change with the socket. Empty where the library cannot be loaded. */
  relays(): Promise<string[]>;
  /** Null where the relay is gone; an Error where it may not be opened. */
  open(path: string): Promise<HidRelayLine | null>;
}

/** Numbers of the free V-USB licence: many makers share them, so the name decides. */
const [VENDOR, PRODUCT] = [0x16c0, 0x05df];
const STATE_REPORT = 1;
const REPORT_BYTES = 9;

/** The true form, over node-hid. */
export const hidRelayBus: HidRelayBus = {
  async relays() {
    const hid = await import('node-hid').catch(() => null);
    const devices = await hid?.default.devicesAsync(VENDOR, PRODUCT).catch(() => []) ?? [];
    return devices.flatMap(({ path, product }) => (path !== undefined && product?.startsWith('USBRelay') === true ? [path] : []));
  },
  async open(path) {
    const { default: hid } = await import('node-hid');
    const device = await hid.HIDAsync.open(path);
    return {
      send: async (report) => void await device.sendFeatureReport([...report]),
      state: async () => Uint8Array.from(await device.getFeatureReport(STATE_REPORT, REPORT_BYTES)),
      onLost: (listener) => void device.once('error', () => listener()),
      close: () => device.close().catch(() => undefined),
    };
  },
};
