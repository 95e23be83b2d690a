import { BarcodeFormat, BinaryBitmap, DecodeHintType, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from '@zxing/library';
import { greyOf, type Pixels } from '../../shared/qr/pixels.ts';

/** @zxing/library as a program would use it (QR only, hybrid binarizer, told to try harder): a peer to measure by, never shipped. */
export function loadOldReader(): (pixels: Pixels) => string | null {
  const reader = new QRCodeReader();
  const hints = new Map<DecodeHintType, unknown>([[DecodeHintType.POSSIBLE_FORMATS, [BarcodeFormat.QR_CODE]], [DecodeHintType.TRY_HARDER, true], [DecodeHintType.CHARACTER_SET, 'UTF-8']]);
  return (pixels) => {
    const { data, width, height } = greyOf(pixels);
    try {
      return reader.decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(Uint8ClampedArray.from(data), width, height))), hints).getText().normalize('NFC');
    } catch {
      // It throws where it finds nothing, and on clean symbols of some versions too.
      return null;
    }
  };
}
