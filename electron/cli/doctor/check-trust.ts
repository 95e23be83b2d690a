import { existsSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { todayInVietnam } from '../../../shared/domain/local-day.ts';
import { isCrlOverdue } from '../../../shared/domain/trust.ts';
import { ok, warn, type Finding } from './finding.ts';

const importFirst = 'Nhập chứng thư CSCA hoặc master list: Quản trị → Chứng thư tin cậy, hoặc motcua trust import TỆP.';
const importCrl = 'Tải danh sách thu hồi (CRL) mới từ nơi phát hành rồi nhập: Quản trị → Chứng thư tin cậy, hoặc motcua trust import TỆP.';

/** What chips are checked against: how many certificates and CRLs the store in a folder trusts, and which CRLs are overdue. */
export async function checkTrust(dir: string, today: string = todayInVietnam()): Promise<Finding[]> {
  if (!existsSync(path.join(dir, 'store.db'))) return [warn('trust', 'chưa có kho dữ liệu', 'Mở ki-ốt và hoàn tất thiết lập ban đầu.')];
  const { listTrustCertificates, listTrustCrls, openStore } = await import('../../store/index.ts');
  try {
    const store = openStore(dir, { readOnly: true, appVersion: '' });
    try {
      const all = { query: '', countries: [], offset: 0 };
      const { total } = listTrustCertificates(store, { ...all, limit: 0 });
      const vietnamese = listTrustCertificates(store, { ...all, countries: ['VN'], limit: 0 }).total;
      const { crls } = listTrustCrls(store, { ...all, limit: -1 });
      const overdue = crls.filter((crl) => isCrlOverdue(crl, today));
      const detail = `${total} chứng thư (${vietnamese} của Việt Nam); ${crls.length} danh sách thu hồi`;
      if (total === 0) return [warn('trust', `${detail}; chưa xác nhận được nơi phát hành của thẻ nào`, importFirst)];
      if (overdue.length === 0) return [ok('trust', detail)];
      const late = overdue.map(({ country, nextUpdate }) => `${country} (${nextUpdate})`).join(', ');
      return [warn('trust', `${detail}; quá hạn cập nhật: ${late}`, importCrl)];
    } finally {
      store.close();
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, vi } = error.toProblem();
    return [warn('trust', code, vi)];
  }
}
