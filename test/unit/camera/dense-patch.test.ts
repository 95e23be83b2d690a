import QRCode from 'qrcode';
import sharp, { type OverlayOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { densePatch } from '../../../renderer/camera/dense-patch.ts';
import { newGrey, type Grey } from '../../../shared/qr/pixels.ts';

/** Invented. */
const text = '035190001234|168123456|Đặng Thị Mỵ|05091990|Nữ|Thôn Phú Viên, xã Lam Cầu, tỉnh Ninh Bình|15062021';
const [width, height] = [1280, 720];

/** What a camera makes of layers on a desk: a blur, then the noise of its sensor. */
async function seen(layers: OverlayOptions[], { blur = 1.2, noise = 4 } = {}): Promise<Grey> {
  const sharpOnes = await sharp({ create: { width, height, channels: 3, background: '#55606a' } }).composite(layers).png().toBuffer();
  const { data, info } = await sharp(sharpOnes).blur(blur).greyscale().raw().toBuffer({ resolveWithObject: true });
  const grey = newGrey(width, height);
  let state = 7;
  for (let i = 0; i < grey.data.length; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    grey.data[i] = Math.min(255, Math.max(0, data[i * info.channels]! + ((state / 2_147_483_648) - 0.5) * 2 * noise));
  }
  return grey;
}

async function card(side: number): Promise<OverlayOptions[]> {
  const code = await QRCode.toBuffer([{ data: Buffer.from(text, 'utf8'), mode: 'byte' }], { errorCorrectionLevel: 'M', scale: 4, margin: 4 });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side * 6}" height="${side * 4}"><rect width="100%" height="100%" rx="20" fill="#e6efe2"/>
    ${[0, 1, 2, 3].map((line) => `<text x="${side}" y="${side * (1.6 + line * 0.5)}" font-family="DejaVu Sans" font-size="${side * 0.28}">CONG HOA XA HOI ${line}</text>`).join('')}</svg>`;
  return [
    { input: Buffer.from(svg), left: 300, top: 200 },
    { input: await sharp(code).resize(side, side, { kernel: 'cubic' }).toBuffer(), left: 300 + Math.round(side * 4.6), top: 210 },
  ];
}

const shapes = (inner: string): OverlayOptions[] => [{ input: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inner}</svg>`), left: 0, top: 0 }];

describe('a code too far away to be located', () => {
  it.each([56, 70, 90, 120])('is seen as a patch of about its size where it is %i pixels wide', async (side) => {
    const patch = densePatch(await seen(await card(side)));
    expect(patch).toBeGreaterThan(side * 0.6);
    expect(patch).toBeLessThan(side * 1.25);
  });
  it('is seen a little out of focus too', async () => expect(densePatch(await seen(await card(110), { blur: 1.6 }))).not.toBeNull());
});

describe('no such patch is seen in', () => {
  it.each([
    ['an empty desk in the noise of a dark room', '', 12],
    ['lines of text', [0, 1, 2, 3, 4].map((n) => `<text x="300" y="${200 + n * 30}" font-size="20" fill="#fff">Giấy tiếp nhận hồ sơ và hẹn trả kết quả</text>`).join(''), 4],
    ['a checked shirt that fills the picture', `<defs><pattern id="p" width="12" height="12" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><rect x="6" y="6" width="6" height="6" fill="#fff"/></pattern></defs><rect width="100%" height="100%" fill="url(#p)"/>`, 4],
    ['a checked square on a darker ground', `<defs><pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#fff"/><rect x="4" y="4" width="4" height="4" fill="#fff"/></pattern></defs><rect x="400" y="300" width="120" height="120" fill="url(#p)"/>`, 4],
    ['the edge of a sheet', '<rect x="200" y="200" width="500" height="300" fill="#fff"/>', 4],
  ])('%s', async (_name, inner, noise) => expect(densePatch(await seen(shapes(inner), { noise }))).toBeNull());
});
