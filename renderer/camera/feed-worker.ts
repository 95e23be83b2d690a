import type { ToWorker } from './messages.ts';

/** Chromium's way to hand frames to a worker without the page's thread; not yet in TypeScript's own typings. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
type TrackProcessorClass = new (init: { track: MediaStreamTrack; maxBufferSize?: number }) => TrackProcessor;

function trackProcessor(): TrackProcessorClass | null {
  const found: unknown = Reflect.get(globalThis, 'MediaStreamTrackProcessor');
  return typeof found === 'function' ? found as TrackProcessorClass : null;
}

/** Sends the frames of a camera to a worker, always the newest; returns the function that ends it. */
export function feedWorker(worker: Worker, stream: MediaStream, video: HTMLVideoElement): () => void {
  const send = (message: ToWorker, transfer: Transferable[]): void => worker.postMessage(message, transfer);
  const [track] = stream.getVideoTracks();
  const Processor = trackProcessor();
  if (track !== undefined && Processor !== null) {
    // One frame of buffer: while the worker looks at a frame the older ones are dropped, never queued.
    const frames = new Processor({ track, maxBufferSize: 1 }).readable;
    send({ kind: 'stream', frames }, [frames]);
    return () => undefined;
  }
  return feedPictures(worker, video, send);
}

function feedPictures(worker: Worker, video: HTMLVideoElement, send: (message: ToWorker, transfer: Transferable[]) => void): () => void {
  let ended = false;
  const next = (): void => {
    if (!ended) video.requestVideoFrameCallback(() => void picture());
  };
  const picture = async (): Promise<void> => {
    const bitmap = await createImageBitmap(video).catch(() => null);
    if (bitmap === null) next();
    else if (ended) bitmap.close();
    else send({ kind: 'picture', picture: bitmap }, [bitmap]);
  };
  const onMessage = (event: MessageEvent<{ kind: string }>): void => {
    if (event.data.kind === 'ready') next();
  };
  worker.addEventListener('message', onMessage);
  next();
  return () => {
    ended = true;
    worker.removeEventListener('message', onMessage);
  };
}
