import os from 'node:os';
import path from 'node:path';

export interface KioskOptions {
  /** Folder of everything this kiosk keeps; hub data lies beside it. */
  dataDir: string;
  /** Full screen without a way out, for gates; otherwise a window. */
  locked: boolean;
}

/** Reads the two things that a start may choose. A flag wins over the environment. */
export function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv): KioskOptions {
  const base = env.MOTCUA_DATA || path.join(os.homedir(), '.local', 'share', 'motcua-kiosk');
  return {
    dataDir: path.resolve(base, 'kiosk'),
    locked: !argv.includes('--windowed') && (argv.includes('--kiosk-mode') || env.MOTCUA_KIOSK === '1'),
  };
}
