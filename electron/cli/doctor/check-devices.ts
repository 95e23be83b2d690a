import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { listCameraFiles } from '../../devices/camera-files.ts';
import { hidBus, type HidBus } from '../../devices/hid-bus.ts';
import { PcscReaders } from '../../devices/pcsc.ts';
import { testReaders } from '../../service/card/reader-test.ts';
import { listSerialPorts } from '../../devices/serial-ports.ts';
import { ok, warn, type Finding } from './finding.ts';

const linux = process.platform === 'linux';
const hidRule = path.resolve(import.meta.dirname, '..', '..', '..', 'resources', 'linux', '70-motcua-hid.rules');
const howToOpen = linux
  ? `Cấp quyền đọc: sudo cp "${hidRule}" /etc/udev/rules.d/ && sudo udevadm control --reload, rồi rút đầu đọc mã ra và cắm lại.`
  : 'Đóng chương trình khác đang dùng đầu đọc mã, rồi rút ra và cắm lại.';

/** The reader service, the readers that it knows, and each of them tested: what it is, and what the card in it answers. */
export async function checkReaders(): Promise<Finding[]> {
  const pcsc = new PcscReaders();
  try {
    const { service, readers } = await testReaders(pcsc);
    if (!service) {
      const start = linux ? 'Cài và bật dịch vụ: apt-get install pcscd, rồi systemctl enable --now pcscd.socket.' : 'Bật dịch vụ Smart Card của hệ điều hành.';
      return [warn('pcscd', 'dịch vụ đầu đọc thẻ không trả lời', start), warn('readers', 'chưa kiểm tra được', 'Bật dịch vụ đầu đọc thẻ trước.')];
    }
    const names = readers.map(({ name, card }) => (card ? `${name} (có thẻ)` : name));
    const usable = readers.filter(({ kind }) => kind === 'reader' || kind === 'simulated');
    return [
      ok('pcscd', 'đang chạy'),
      usable.length > 0 ? ok('readers', names.join('; '))
        : warn('readers', ['không có đầu đọc thẻ', ...names].join('; '), 'Cắm đầu đọc thẻ chip chuẩn CCID vào cổng USB.'),
      ...readers.map(({ name, state, detail, do: advice }) => ({ check: 'reader' as const, state, detail: `${name}: ${detail}`, do: advice })),
    ];
  } finally {
    pcsc.close();
  }
}

/** Cameras as device files; elsewhere only the kiosk's window can see them. */
export async function checkCameras(): Promise<Finding[]> {
  const cameras = await listCameraFiles();
  if (cameras === null) return [warn('cameras', 'chỉ kiểm tra được trong cửa sổ ki-ốt', 'Mở ki-ốt, vào Thiết lập để xem máy ảnh.')];
  if (cameras.length === 0) return [warn('cameras', 'không có máy ảnh', 'Cắm máy ảnh USB từ 1080p, lấy nét gần, nếu quét mã bằng máy ảnh.')];
  const names = cameras.map(({ path, name }) => `${name} (${path})`).join('; ');
  const closed = await unreadable(cameras.map(({ path }) => path));
  if (closed.length > 0) return [warn('cameras', `${names}; không có quyền: ${closed.join(', ')}`, 'Thêm người dùng chạy ki-ốt vào nhóm video rồi đăng nhập lại.')];
  return [ok('cameras', names)];
}

/** Serial ports; only USB ones count as scanners, the machine's own have no name of what is on them. */
export async function checkSerialPorts(): Promise<Finding[]> {
  const ports = (await listSerialPorts()).filter(({ vendorId }) => vendorId !== null);
  if (ports.length === 0) {
    return [warn('serial', 'không có đầu đọc mã ở cổng nối tiếp USB', 'Nếu dùng đầu đọc mã, cắm vào và chuyển sang chế độ cổng COM (USB-COM).')];
  }
  const names = ports.map(({ path, name }) => `${name} (${path})`).join('; ');
  const closed = linux ? await unreadable(ports.map(({ path }) => path)) : [];
  if (closed.length > 0) return [warn('serial', `${names}; không có quyền: ${closed.join(', ')}`, 'Thêm người dùng chạy ki-ốt vào nhóm dialout (sudo usermod -aG dialout TÊN_NGƯỜI_DÙNG) rồi đăng nhập lại.')];
  return [ok('serial', names)];
}

/** Scanners in HID-POS mode, each opened for a moment to see whether it may be; having none is no fault, many are on a serial port. */
export async function checkHidScanners(bus: HidBus = hidBus): Promise<Finding[]> {
  const scanners = await bus.scanners();
  if (scanners.length === 0) return [ok('hid', 'không có đầu đọc mã ở chế độ HID-POS')];
  const findings: Finding[] = [];
  for (const { path: file, name } of scanners) {
    const line = await bus.open(file);
    await line?.close();
    findings.push(line === null ? warn('hid', `${name} (${file}): không mở được`, howToOpen) : ok('hid', `${name} (${file})`));
  }
  return findings;
}

async function unreadable(paths: string[]): Promise<string[]> {
  const closed: string[] = [];
  for (const path of paths) {
    const readable = await access(path, constants.R_OK | constants.W_OK).then(() => true, () => false);
    if (!readable) closed.push(path);
  }
  return closed;
}
