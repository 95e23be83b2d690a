import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The file under `resources/`, wherever this code runs from: the sources, the built service, a packaged app. */
export function resourceFile(...parts: string[]): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 5; up++) {
    const file = path.join(folder, 'resources', ...parts);
    if (existsSync(file)) return file;
    folder = path.dirname(folder);
  }
  throw new Error(`resource is missing: ${parts.join('/')}`);
}
