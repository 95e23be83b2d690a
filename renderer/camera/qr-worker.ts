import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { ReadQr } from '../../shared/qr/decode.ts';
import { createLiveDecoder } from '../../shared/qr/live.ts';
import type { Grey } from '../../shared/qr/pixels.ts';
import { sight, type Sightings } from '../../shared/qr/sight.ts';
import { lookAtFrames, now } from './frames.ts';
import { LiveHint } from './live-hint.ts';
import type { FromWorker, ShownHint } from './messages.ts';

// Without this the package fetches its program from a public host, which a kiosk has no way to reach.
prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });

const read: ReadQr = (picture, options) => readBarcodes(picture.file, options);
const decoder = createLiveDecoder(read);
const liveHint = new LiveHint();
const say = (message: FromWorker): void => self.postMessage(message);
let sightings: Sightings = new Map();

async function look(picture: Grey, capturedAt: number): Promise<void> {
  const { found, hint } = await decoder.decode(picture, capturedAt);
  const decodedAt = now();
  tellView(liveHint.next(picture, found === null ? hint : 'ok', decodedAt), decodedAt);
  // A code without UTF-8 text is of no use here; it counts as found so that no dear step is spent on it.
  if (found?.text === null || found?.text === undefined) return;
  const seen = sight(sightings, found.text, decodedAt);
  ({ sightings } = seen);
  if (seen.report) say({ kind: 'text', text: found.text, capturedAt, decodedAt });
}

const TELL_EVERY_MS = 500;
let told: ShownHint | null = null;
let toldAt = Number.NEGATIVE_INFINITY;

function tellView(hint: ShownHint | null, at: number): void {
  if (hint === told && at - toldAt < TELL_EVERY_MS) return;
  [told, toldAt] = [hint, at];
  say({ kind: 'view', hint });
}

lookAtFrames(look);
