import { existsSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { fail, ok, warn, type Finding } from './finding.ts';

const keyNames = { keychain: 'keychain, kho khóa của hệ điều hành', 'key-file': 'key-file, tệp khóa cạnh kho' } as const;

/** The store in a folder: whole, of this version, where its key is, how large. Nothing is written. */
export async function checkStore(dir: string, asked: boolean): Promise<Finding[]> {
  if (!existsSync(path.join(dir, 'store.db'))) {
    if (asked) return [fail('store', `không có kho dữ liệu ở ${dir}`, 'Kiểm tra đường dẫn sau --store.')];
    return [warn('store', 'chưa có kho dữ liệu', 'Mở ki-ốt và hoàn tất thiết lập ban đầu, hoặc chỉ rõ --store DIR.')];
  }
  const { inspectStore } = await import('../../store/inspect.ts');
  try {
    const { ok: whole, integrity, keySource, bytes, events, version } = await inspectStore(dir);
    const key = keySource === null ? 'không rõ' : keyNames[keySource];
    const detail = `toàn vẹn (integrity): ${integrity}; khóa (key): ${key}; ${(bytes / 1_000_000).toFixed(1)} MB; ${events} bản ghi; lược đồ ${version}`;
    return [whole ? ok('store', detail) : fail('store', detail, 'Không tắt máy; gọi kỹ thuật viên sao lưu thư mục kho.')];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, vi } = error.toProblem();
    // A key in the keychain is as it should be: only this command has no way to it.
    return [code === 'store-key-in-keychain' ? warn('store', code, vi) : fail('store', code, vi)];
  }
}

/** Address of the hub with which the store is enrolled; null where there is none or the store cannot be read. */
export async function hubUrlOf(dir: string): Promise<string | null> {
  if (!existsSync(path.join(dir, 'store.db'))) return null;
  const [{ openStore }, { readHubLink }] = await Promise.all([import('../../store/index.ts'), import('../../store/sync.ts')]);
  try {
    const store = openStore(dir, { readOnly: true, appVersion: '' });
    try {
      return readHubLink(store)?.url ?? null;
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
