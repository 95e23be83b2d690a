import { parentPort, workerData } from 'node:worker_threads';
import { tellParts } from '../file-thread.ts';
import { readRosterFile } from '../roster-file.ts';

if (parentPort !== null) await tellParts(parentPort, readRosterFile(workerData as Uint8Array));
