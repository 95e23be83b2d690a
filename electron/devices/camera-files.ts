import { readdir, readFile } from 'node:fs/promises';

export interface CameraFile {
  path: string;
  /** What the driver calls the camera. */
  name: string;
}

/**
 * Cameras by their device files. Only Linux has them: null elsewhere, where only the page can ask.
 * A camera may have several files, of which the first gives pictures and the others data about them.
 */
export async function listCameraFiles(): Promise<CameraFile[] | null> {
  if (process.platform !== 'linux') return null;
  const names = await readdir('/dev').catch(() => []);
  const files = names.filter((name) => /^video\d+$/.test(name));
  const cameras: CameraFile[] = [];
  for (const file of files.sort()) {
    const about = `/sys/class/video4linux/${file}`;
    const index = await readFile(`${about}/index`, 'utf8').catch(() => '0');
    if (index.trim() !== '0') continue;
    const name = await readFile(`${about}/name`, 'utf8').catch(() => file);
    cameras.push({ path: `/dev/${file}`, name: name.trim() });
  }
  return cameras;
}
