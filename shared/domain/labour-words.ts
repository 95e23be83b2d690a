import type { LabourFault } from './labour-check.ts';

/** What is not allowed or must be looked at, in words for screens and sheets. */
export const faultWords: Readonly<Record<LabourFault, string>> = {
  'overtime-day': 'Làm thêm trong ngày quá mức',
  'day-total': 'Giờ làm và làm thêm trong ngày quá mức',
  'rest-day-overtime': 'Làm thêm ngày nghỉ, lễ quá mức',
  'normal-week': 'Giờ làm bình thường trong tuần quá mức',
  'week-limit': 'Quá giờ tuần theo yêu cầu khách hàng',
  'overtime-month': 'Làm thêm trong tháng quá mức',
  'overtime-year': 'Làm thêm trong năm quá mức',
  'shift-rest': 'Nghỉ chuyển ca chưa đủ',
  'short-rest': 'Nghỉ giữa hai ngày làm ngắn',
  'weekly-rest': 'Chưa đủ nghỉ hằng tuần',
  'break-short': 'Nghỉ giữa giờ chưa đủ',
  'overtime-forbidden': 'Không được làm thêm giờ',
  'night-forbidden': 'Không được làm đêm',
  'guarded-day': 'Quá giờ làm trong ngày của người được bảo vệ',
  'guarded-week': 'Quá giờ làm trong tuần của người được bảo vệ',
  'no-consent': 'Chưa ghi nhận đồng ý làm thêm giờ',
};

/** Faults whose figures are rests and breaks: the law asks for at least so much. */
export const restFaults: ReadonlySet<LabourFault> = new Set(['shift-rest', 'short-rest', 'weekly-rest', 'break-short']);
