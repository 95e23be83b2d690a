import { useCodeCamera, type CodeCamera, type CodeCameraOptions } from './use-code-camera.ts';

const startWorker = (): Worker => new Worker(new URL('./qr-worker.ts', import.meta.url), { type: 'module' });

/**
 * A camera that reads QR codes. `onText` gets a text (NFC) once while it stays in the picture, again after a second;
 * another text at once.
 */
export function useQrCamera(options: CodeCameraOptions): CodeCamera {
  return useCodeCamera(startWorker, options);
}
