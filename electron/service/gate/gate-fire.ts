export interface FireWatchOptions {
  /** Milliseconds for which the inputs must say the same before it is believed: when a fire begins, and when it ends. */
  times: readonly [begins: number, ends: number];
  isOn(): boolean;
  /** What the inputs say now; null: nothing. */
  read(): boolean | null;
  onChange(on: boolean): void;
}

export interface FireWatch {
  /** The inputs may have changed. */
  look(): void;
  /** There is no fire input any more. */
  end(): void;
  stop(): void;
}

/** Believes a fire input only when it stays: contacts bounce, and a panel that chatters must not close turnstiles again. */
export function createFireWatch({ times: [begins, ends], isOn, read, onChange }: FireWatchOptions): FireWatch {
  let timer: NodeJS.Timeout | undefined;
  let waitsFor: boolean | null = null;
  const rest = (): void => {
    clearTimeout(timer);
    waitsFor = null;
  };
  return {
    look: () => {
      const now = read();
      if (now === null || now === isOn()) return rest();
      if (waitsFor === now) return;
      rest();
      waitsFor = now;
      timer = setTimeout(() => {
        waitsFor = null;
        if (read() === now && isOn() !== now) onChange(now);
      }, now ? begins : ends);
    },
    end: () => {
      rest();
      if (isOn()) onChange(false);
    },
    stop: rest,
  };
}
