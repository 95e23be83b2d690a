import { emptyDetails } from '../contracts/worker-details.ts';
import type { Worker } from './roster.ts';
import { provinceCodes } from './province-codes.ts';
import { addDays } from './work-date.ts';

/** How many invented workers a kiosk gets that is tried out. */
export const demoWorkerCount = 5000;

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý', 'Đinh', 'Trương', 'Lương', 'Mai'];
const middles = {
  Nam: ['Văn', 'Đức', 'Hữu', 'Công', 'Quốc', 'Minh', 'Xuân', 'Thành', 'Ngọc', 'Gia'],
  Nữ: ['Thị', 'Ngọc', 'Thu', 'Kim', 'Thanh', 'Mỹ', 'Bích', 'Hồng', 'Phương', 'Diệu'],
};
const givens = {
  Nam: ['An', 'Bình', 'Cường', 'Dũng', 'Đạt', 'Hải', 'Hùng', 'Khánh', 'Long', 'Nam', 'Phúc', 'Quân', 'Sơn', 'Thắng', 'Tuấn', 'Việt', 'Huy', 'Kiên', 'Lâm', 'Toàn'],
  Nữ: ['Anh', 'Chi', 'Dung', 'Giang', 'Hà', 'Hạnh', 'Hoa', 'Hương', 'Lan', 'Linh', 'Mai', 'Nga', 'Nhung', 'Oanh', 'Phượng', 'Quỳnh', 'Thảo', 'Trang', 'Vân', 'Yến'],
};
const enterprises = [
  { employer: 'Công ty TNHH May Mẫu Sông Hồng', departments: ['Chuyền may 1', 'Chuyền may 2', 'Chuyền may 3', 'Tổ cắt', 'Hoàn thiện'] },
  { employer: 'Công ty CP Điện tử Mẫu Bình Minh', departments: ['Lắp ráp A', 'Lắp ráp B', 'Kiểm tra chất lượng', 'Kho'] },
  { employer: 'Công ty TNHH Gỗ Mẫu Trường Sơn', departments: ['Xưởng xẻ', 'Xưởng mộc', 'Sơn', 'Đóng gói'] },
];
const shifts = ['HC', 'CA1', 'CA2', 'CA3'];

/**
 * The n-th invented worker, always the same for the same n (from 0). Nobody living: names and numbers come from a
 * row of arithmetic; the numbers have the structure of true ones, each n another.
 * @param today ISO date around which contracts begin and end
 */
export function demoWorker(n: number, today: string): Worker {
  const draw = numbers(n);
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)]!;
  const sex = draw(100) < 62 ? 'Nữ' : 'Nam';
  const birthYear = 1968 + draw(38);
  const birthDate = `${birthYear}-${two(1 + draw(12))}-${two(1 + draw(28))}`;
  const { employer, departments } = pick(enterprises);
  const century = (birthYear < 2000 ? 0 : 2) + (sex === 'Nữ' ? 1 : 0);
  // Six last digits by n: 7919 and 1,000,000 share no divisor, so no two are equal.
  const last = String((n * 7919 + 104_729) % 1_000_000).padStart(6, '0');
  const few = draw(100);
  return {
    workerId: `NV${String(n + 1).padStart(5, '0')}`,
    fullName: `${pick(families)} ${pick(middles[sex])} ${pick(givens[sex])}`,
    personalId: `${pick(Object.keys(provinceCodes))}${century}${two(birthYear % 100)}${last}`,
    department: pick(departments), employer, shiftId: pick(shifts),
    startDate: few === 0 ? addDays(today, 7) : addDays(today, -draw(2000) - 1),
    endDate: few === 1 ? addDays(today, -1) : null,
    cardNumber: `77${String(n).padStart(8, '0')}`,
    pass: null, barred: few === 2 && n % 5 === 0, language: few === 3 ? 'en' : 'vi', nationality: null, sex, birthDate,
    details: emptyDetails,
  };
}

/** A row of draws from 0 to below `below` that depends on the seed alone (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = (seed + 1) * 0x9e3779b1 >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
