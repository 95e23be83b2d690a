import { useCodeCamera, type CodeCamera, type CodeCameraOptions } from '../use-code-camera.ts';

const startWorker = (): Worker => new Worker(new URL('./mrz-worker.ts', import.meta.url), { type: 'module' });

/** A camera that reads the machine readable zone on the back of a card. `onText` gets its three lines, all digits checked. */
export function useMrzCamera(options: CodeCameraOptions): CodeCamera {
  return useCodeCamera(startWorker, options);
}
