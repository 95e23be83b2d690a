import type { Grey } from '../../shared/qr/pixels.ts';

/** Formats whose first plane is the brightness of every pixel. */
const planesOf: Readonly<Record<string, { planes: number; across: number; down: number }>> = {
  I420: { planes: 3, across: 2, down: 2 }, I422: { planes: 3, across: 2, down: 1 }, I444: { planes: 3, across: 1, down: 1 },
  NV12: { planes: 2, across: 1, down: 2 },
};

// From studio levels (16 to 235), in which cameras mostly send, to the full ones that the decoder measures by.
const stretched = Uint8Array.from({ length: 256 }, (_, y) => Math.min(255, Math.max(0, Math.round(((y - 16) * 255) / 219))));

/**
 * The brightness of a frame, copied once into memory that is used again for every frame of that size. A canvas, which
 * is the other way, turns the picture into colours first and costs several times as much.
 */
export class FrameGrey {
  #memory = new Uint8Array(0);
  #grey: Grey | null = null;

  /** Null for a frame in a format without such a plane, or one that is turned or not of square pixels. */
  async read(frame: VideoFrame): Promise<Grey | null> {
    const form = planesOf[frame.format ?? ''];
    const rect = frame.visibleRect;
    if (form === undefined || rect === null || rect.width !== frame.displayWidth || rect.height !== frame.displayHeight) return null;
    const { width, height } = rect;
    const head = `P5\n${width} ${height}\n255\n`;
    const part = { width: Math.ceil(width / form.across), height: Math.ceil(height / form.down) };
    const layout = Array.from({ length: form.planes }, (_, plane) => (plane === 0
      ? { offset: head.length, stride: width }
      : { offset: head.length + width * height + (plane - 1) * part.width * part.height, stride: part.width }));
    const size = head.length + width * height + (form.planes - 1) * part.width * part.height;
    let grey = this.#grey;
    if (grey === null || grey.width !== width || grey.height !== height || this.#memory.length !== size) {
      this.#memory = new Uint8Array(size);
      for (let i = 0; i < head.length; i++) this.#memory[i] = head.charCodeAt(i);
      const file = this.#memory.subarray(0, head.length + width * height);
      grey = { file, data: file.subarray(head.length), width, height };
      this.#grey = grey;
    }
    await frame.copyTo(this.#memory, { layout });
    if (frame.colorSpace.fullRange !== true) {
      const { data } = grey;
      for (let i = 0; i < data.length; i++) data[i] = stretched[data[i]!]!;
    }
    return grey;
  }
}
