import type { Grey } from '../../shared/qr/pixels.ts';

/** Formats whose first plane is the brightness of every pixel. */
const planesOf: Readonly<Record<string, { colours: 1 | 2; across: 1 | 2; down: 1 | 2 }>> = {
  I420: { colours: 2, across: 2, down: 2 }, I422: { colours: 2, across: 2, down: 1 }, I444: { colours: 2, across: 1, down: 1 },
  NV12: { colours: 1, across: 2, down: 2 },
};

/**
 * The brightness of a frame, copied once into memory that is used again for every frame of that size. A canvas, which
 * is the other way, turns the picture into colours first and costs several times as much; it also believes Chromium's
 * claim that every camera sends studio levels (16 to 235), which is false of motion JPEG and burns its highlights out.
 */
export class FrameGrey {
  #memory = new Uint8Array(0);
  #grey: Grey | null = null;

  /** Null for a frame without such a plane, turned, or not of square pixels, and where the browser refuses. */
  async read(frame: VideoFrame): Promise<Grey | null> {
    const form = planesOf[frame.format ?? ''];
    const rect = frame.visibleRect;
    if (form === undefined || rect === null || rect.width !== frame.displayWidth || rect.height !== frame.displayHeight) return null;
    const { width, height } = rect;
    const head = `P5\n${width} ${height}\n255\n`;
    // Both colours side by side in one plane, or each in its own.
    const stride = Math.ceil(width / form.across) * (form.colours === 1 ? 2 : 1);
    const plane = stride * Math.ceil(height / form.down);
    const colours = head.length + width * height;
    const layout = [{ offset: head.length, stride: width }, { offset: colours, stride }];
    if (form.colours === 2) layout.push({ offset: colours + plane, stride });
    const size = colours + form.colours * plane;
    let grey = this.#grey;
    if (grey === null || grey.width !== width || grey.height !== height || this.#memory.length !== size) {
      this.#memory = new Uint8Array(size);
      for (let i = 0; i < head.length; i++) this.#memory[i] = head.charCodeAt(i);
      const file = this.#memory.subarray(0, head.length + width * height);
      grey = { file, data: file.subarray(head.length), width, height };
      this.#grey = grey;
    }
    return frame.copyTo(this.#memory, { layout }).then(() => grey, () => null);
  }
}
