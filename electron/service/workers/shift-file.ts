import { parentPort, workerData } from 'node:worker_threads';
import { tellParts } from '../file-thread.ts';
import { readShiftFile } from '../time/shift-file.ts';

if (parentPort !== null) await tellParts(parentPort, readShiftFile(workerData as Uint8Array));
