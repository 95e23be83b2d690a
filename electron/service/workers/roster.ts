import { parentPort, workerData } from 'node:worker_threads';
import { tellParts } from '../file-thread.ts';
import { readRosterFile, type RosterReading } from '../people/roster-file.ts';

if (parentPort !== null) {
  const { content, how } = workerData as { content: Uint8Array; how: RosterReading };
  await tellParts(parentPort, readRosterFile(content, how));
}
