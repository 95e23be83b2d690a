import { cropped, Darkroom } from '../../../shared/qr/pixels.ts';
import { lookAtFrames, now } from '../frames.ts';
import type { FromWorker } from '../messages.ts';
import { mrzBox, readMrzPicture } from './read-picture.ts';

const say = (message: FromWorker): void => self.postMessage(message);
const darkroom = new Darkroom();
let before: string | null = null;

lookAtFrames(async (picture, capturedAt) => {
  const { width, height } = picture;
  const box = { x: mrzBox.x * width, y: mrzBox.y * height, width: mrzBox.width * width, height: mrzBox.height * height };
  const text = readMrzPicture(cropped(picture, box, darkroom));
  say({ kind: 'view', hint: null });
  // No digit protects the names, and one in ten wrong signs slips by its digit: two frames must read all the same.
  if (text !== null && text === before) say({ kind: 'text', text, capturedAt, decodedAt: now() });
  if (text !== null) before = text;
});
