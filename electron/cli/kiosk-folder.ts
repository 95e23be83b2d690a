import os from 'node:os';
import path from 'node:path';

/** The folder that the kiosk's window uses, as electron/main chooses it. */
export function kioskFolder(): string {
  return path.resolve(process.env.MOTCUA_DATA ?? path.join(os.homedir(), '.local', 'share', 'motcua-kiosk'), 'kiosk');
}
