import { buildIfNeeded } from '../../electron/cli/build.ts';
import { openDisplay } from '../../electron/cli/display.ts';
import { electronAtHand } from '../../electron/cli/electron-at-hand.ts';

const say = (words: string): void => void process.stderr.write(`motcua: ${words}\n`);

/** Once before all files of the tier: what each launch would otherwise do for itself. */
export default async function setup(): Promise<() => Promise<void>> {
  await buildIfNeeded(say);
  await electronAtHand(say);
  const display = await openDisplay(say);
  if (display.virtual) process.env.DISPLAY = display.name;
  return display.stop;
}
