import type { GateNotice } from '../../shared/contracts/requests/gate.ts';
import type { Language } from './gate.ts';

type Kind = GateNotice['kind'];
type Of<K extends Kind> = Extract<GateNotice, { kind: K }>;
type Sentences = { [K in Kind]: (notice: Of<K>) => string };

/** Whole hours and minutes, as short as can be. */
function duration(minutes: number, hour: string, minute: string, space = ' '): string {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [h > 0 && `${h}${space}${hour}`, (m > 0 || h === 0) && `${m}${space}${minute}`];
  return parts.filter((part) => part !== false).join(space === '' ? '' : ' ');
}

const day = (iso: string): string => `${iso.slice(8)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
const list = (provinces: readonly string[]): string => provinces.join(', ');

const sentences: Readonly<Record<Language, Sentences>> = {
  vi: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: 'trong ngày', week: 'trong tuần', month: 'trong tháng', year: 'trong năm' }[period];
      return minutes === 0 ? `Đã hết giờ làm thêm ${when}` : `Còn ${duration(minutes, 'giờ', 'phút')} làm thêm ${when}`;
    },
    'rest-short': ({ minutes }) => `Mới nghỉ ${duration(minutes, 'giờ', 'phút')} từ ca trước, cần đủ 12 giờ`,
    'permit-expires': ({ date, what }) => `${{ permit: 'Giấy phép lao động', passport: 'Hộ chiếu', contract: 'Hợp đồng' }[what]} có hạn đến ${day(date)}`,
    'permit-elsewhere': ({ provinces }) => `Giấy phép lao động ghi nơi khác: ${list(provinces)}`,
    'night-forbidden': () => 'Không bố trí làm ca đêm. Vui lòng gặp quản lý.',
    'overtime-forbidden': () => 'Không bố trí làm thêm giờ. Vui lòng gặp quản lý.',
    visitor: () => 'Kính chào quý khách',
  },
  en: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: 'today', week: 'this week', month: 'this month', year: 'this year' }[period];
      return minutes === 0 ? `No overtime left ${when}` : `${duration(minutes, 'h', 'min')} of overtime left ${when}`;
    },
    'rest-short': ({ minutes }) => `Only ${duration(minutes, 'h', 'min')} of rest since your last shift; 12 h are needed`,
    'permit-expires': ({ date, what }) => `${{ permit: 'Work permit', passport: 'Passport', contract: 'Contract' }[what]} valid until ${day(date)}`,
    'permit-elsewhere': ({ provinces }) => `Your work permit names another place: ${list(provinces)}`,
    'night-forbidden': () => 'No night work for you. Please see your manager.',
    'overtime-forbidden': () => 'No overtime for you. Please see your manager.',
    visitor: () => 'Welcome',
  },
  zh: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: '今日', week: '本周', month: '本月', year: '本年' }[period];
      return minutes === 0 ? `${when}加班时数已用完` : `${when}还可加班${duration(minutes, '小时', '分钟', '')}`;
    },
    'rest-short': ({ minutes }) => `距上一班仅休息${duration(minutes, '小时', '分钟', '')}，应满12小时`,
    'permit-expires': ({ date, what }) => `${{ permit: '工作许可', passport: '护照', contract: '合同' }[what]}有效期至${day(date)}`,
    'permit-elsewhere': ({ provinces }) => `工作许可上的地点不同：${list(provinces)}`,
    'night-forbidden': () => '不得安排夜班，请联系主管。',
    'overtime-forbidden': () => '不得安排加班，请联系主管。',
    visitor: () => '欢迎光临',
  },
  ko: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: '오늘', week: '이번 주', month: '이번 달', year: '올해' }[period];
      return minutes === 0 ? `${when} 연장근로 시간이 없습니다` : `${when} 남은 연장근로 ${duration(minutes, '시간', '분', '')}`;
    },
    'rest-short': ({ minutes }) => `지난 근무 후 휴식 ${duration(minutes, '시간', '분', '')}, 12시간이 필요합니다`,
    'permit-expires': ({ date, what }) => `${{ permit: '노동허가', passport: '여권', contract: '계약' }[what]} 만료일 ${day(date)}`,
    'permit-elsewhere': ({ provinces }) => `노동허가의 근무지가 다릅니다: ${list(provinces)}`,
    'night-forbidden': () => '야간 근무를 할 수 없습니다. 관리자에게 문의하세요.',
    'overtime-forbidden': () => '연장근로를 할 수 없습니다. 관리자에게 문의하세요.',
    visitor: () => '방문을 환영합니다',
  },
  ja: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: '本日', week: '今週', month: '今月', year: '今年' }[period];
      return minutes === 0 ? `${when}の残業時間の残りはありません` : `${when}の残業は残り${duration(minutes, '時間', '分', '')}`;
    },
    'rest-short': ({ minutes }) => `前の勤務からの休息は${duration(minutes, '時間', '分', '')}です。12時間必要です`,
    'permit-expires': ({ date, what }) => `${{ permit: '労働許可', passport: 'パスポート', contract: '契約' }[what]}の期限は${day(date)}`,
    'permit-elsewhere': ({ provinces }) => `労働許可の勤務地が異なります：${list(provinces)}`,
    'night-forbidden': () => '夜勤はできません。管理者にご連絡ください。',
    'overtime-forbidden': () => '残業はできません。管理者にご連絡ください。',
    visitor: () => 'ようこそお越しくださいました',
  },
};

/** The sentence of a notice in a worker's language, short enough to be read while walking through. */
export function noticeText(notice: GateNotice, language: Language): string {
  return (sentences[language][notice.kind] as (one: GateNotice) => string)(notice);
}
