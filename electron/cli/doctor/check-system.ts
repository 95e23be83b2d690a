import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { fail, ok, warn, type Finding } from './finding.ts';

const GB = 1_000_000_000;
/** A clock before this has forgotten the time: no copy of this program is older. */
const BUILT_AFTER = Date.parse('2026-11-01T00:00:00Z');
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Versions of the program and of what it runs on. */
export async function checkVersion(): Promise<Finding[]> {
  const about: unknown = JSON.parse(await readFile(path.join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8'));
  const version = typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : '?';
  return [ok('version', `MotCua Kiosk ${version}; Node ${process.versions.node}; ${process.platform} ${process.arch}`)];
}

/** The machine's clock: plausible, and kept by a time service. Attendance stands and falls with it. */
export async function checkClock(): Promise<Finding[]> {
  const now = new Date();
  const shown = now.toISOString();
  if (now.getTime() < BUILT_AFTER) return [fail('clock', `${shown} sớm hơn ngày phát hành phần mềm`, 'Đặt lại ngày giờ; thay pin đồng hồ của máy.')];
  const synchronised = await isSynchronised();
  if (synchronised === null) return [warn('clock', `${shown}; không rõ có đồng bộ giờ`, 'Kiểm tra dịch vụ đồng bộ giờ (NTP) của máy.')];
  return [synchronised ? ok('clock', `${shown}; đang đồng bộ giờ`) : warn('clock', `${shown}; chưa đồng bộ giờ`, 'Bật đồng bộ giờ: timedatectl set-ntp true.')];
}

async function isSynchronised(): Promise<boolean | null> {
  if (process.platform !== 'linux') return null;
  try {
    const { stdout } = await promisify(execFile)('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'], { timeout: 2000 });
    return stdout.trim() === 'yes';
  } catch {
    return null;
  }
}

/** Room on the disk that holds, or will hold, the store. */
export async function checkDisk(dir: string): Promise<Finding[]> {
  let place = dir;
  while (!existsSync(place) && path.dirname(place) !== place) place = path.dirname(place);
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const detail = `còn trống ${(free / GB).toFixed(1)} GB`;
  if (free < GB / 2) return [fail('disk', detail, 'Giải phóng dung lượng ngay: ki-ốt sắp không lưu được.')];
  return [free < 5 * GB ? warn('disk', detail, 'Giải phóng dung lượng; nên còn ít nhất 5 GB.') : ok('disk', detail)];
}

/** The hub: reachable, well, and of the same time. Nothing but the health address is asked. `asked`: named by the user. */
export async function checkHub(url: string | null, asked: boolean): Promise<Finding[]> {
  if (url === null) return [warn('hub', 'chưa ghi danh với máy chủ', 'Ghi danh ki-ốt trong Thiết lập, hoặc chỉ rõ --hub URL.')];
  const amiss = asked ? fail : warn;
  const unreachable = (why: string): Finding[] => [amiss('hub', `${url}: ${why}`, 'Kiểm tra mạng và địa chỉ máy chủ. Dữ liệu vẫn được giữ tại máy.')];
  try {
    const answer = await fetch(new URL('/v1/health', url), { signal: AbortSignal.timeout(5000), redirect: 'error' });
    if (!answer.ok) return unreachable(`trả lời ${answer.status}`);
    const body: unknown = await answer.json();
    const time = typeof body === 'object' && body !== null && 'time' in body ? Date.parse(String(body.time)) : Number.NaN;
    const off = Math.abs(time - Date.now());
    if (off > CLOCK_TOLERANCE_MS) return [warn('hub', `${url}: lệch giờ ${Math.round(off / 1000)} giây`, 'Đặt lại giờ của ki-ốt: máy chủ từ chối ki-ốt lệch giờ.')];
    return [ok('hub', url)];
  } catch (error) {
    return unreachable(error instanceof Error && error.name === 'TimeoutError' ? 'quá thời gian chờ' : 'không kết nối được');
  }
}
