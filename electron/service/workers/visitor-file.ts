import { parentPort, workerData } from 'node:worker_threads';
import { tellParts } from '../file-thread.ts';
import { readVisitorFile } from '../gate/visitor-file.ts';

if (parentPort !== null) await tellParts(parentPort, readVisitorFile(workerData as Uint8Array));
