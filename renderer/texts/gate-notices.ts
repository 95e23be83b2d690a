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

/** Bystanders must not learn that somebody is pregnant, disabled or a minor: it does not tell what work is forbidden. */
const seeManager: Readonly<Record<Language, string>> = {
  vi: 'Vui lòng gặp quản lý về giờ làm.',
  en: 'Please see your manager about your working hours.',
  zh: '请就工作时间联系主管。',
  ko: '근무 시간에 관해 관리자에게 문의해 주세요.',
  ja: '勤務時間について管理者にご確認ください。',
};

/** Nor whose papers run out or name another place, which above all is told of foreigners: the dates stand in the supervisor's drawer. */
const seeStaff: Readonly<Record<Language, string>> = {
  vi: 'Vui lòng gặp phòng nhân sự.',
  en: 'Please see the personnel office.',
  zh: '请联系人事部门。',
  ko: '인사팀에 문의해 주세요.',
  ja: '人事課にお立ち寄りください。',
};

const sentences: Readonly<Record<Language, Sentences>> = {
  vi: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: 'trong ngày', week: 'trong tuần', month: 'trong tháng', year: 'trong năm' }[period];
      return minutes === 0 ? `Đã hết giờ làm thêm ${when}` : `Còn ${duration(minutes, 'giờ', 'phút')} làm thêm ${when}`;
    },
    'rest-short': ({ minutes }) => `Mới nghỉ ${duration(minutes, 'giờ', 'phút')} từ ca trước, cần đủ 12 giờ`,
    'permit-expires': () => seeStaff.vi,
    'permit-elsewhere': () => seeStaff.vi,
    'night-forbidden': () => seeManager.vi,
    'overtime-forbidden': () => seeManager.vi,
    visitor: () => 'Kính chào quý khách',
  },
  en: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: 'today', week: 'this week', month: 'this month', year: 'this year' }[period];
      return minutes === 0 ? `No overtime left ${when}` : `${duration(minutes, 'h', 'min')} of overtime left ${when}`;
    },
    'rest-short': ({ minutes }) => `Only ${duration(minutes, 'h', 'min')} of rest since your last shift; 12 h are needed`,
    'permit-expires': () => seeStaff.en,
    'permit-elsewhere': () => seeStaff.en,
    'night-forbidden': () => seeManager.en,
    'overtime-forbidden': () => seeManager.en,
    visitor: () => 'Welcome',
  },
  zh: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: '今日', week: '本周', month: '本月', year: '本年' }[period];
      return minutes === 0 ? `${when}加班时数已用完` : `${when}还可加班${duration(minutes, '小时', '分钟', '')}`;
    },
    'rest-short': ({ minutes }) => `距上一班仅休息${duration(minutes, '小时', '分钟', '')}，应满12小时`,
    'permit-expires': () => seeStaff.zh,
    'permit-elsewhere': () => seeStaff.zh,
    'night-forbidden': () => seeManager.zh,
    'overtime-forbidden': () => seeManager.zh,
    visitor: () => '欢迎光临',
  },
  ko: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: '오늘', week: '이번 주', month: '이번 달', year: '올해' }[period];
      return minutes === 0 ? `${when} 연장근로 시간이 없습니다` : `${when} 남은 연장근로 ${duration(minutes, '시간', '분', '')}`;
    },
    'rest-short': ({ minutes }) => `지난 근무 후 휴식 ${duration(minutes, '시간', '분', '')}, 12시간이 필요합니다`,
    'permit-expires': () => seeStaff.ko,
    'permit-elsewhere': () => seeStaff.ko,
    'night-forbidden': () => seeManager.ko,
    'overtime-forbidden': () => seeManager.ko,
    visitor: () => '방문을 환영합니다',
  },
  ja: {
    'overtime-left': ({ period, minutes }) => {
      const when = { day: '本日', week: '今週', month: '今月', year: '今年' }[period];
      return minutes === 0 ? `${when}の残業時間の残りはありません` : `${when}の残業は残り${duration(minutes, '時間', '分', '')}`;
    },
    'rest-short': ({ minutes }) => `前の勤務からの休息は${duration(minutes, '時間', '分', '')}です。12時間必要です`,
    'permit-expires': () => seeStaff.ja,
    'permit-elsewhere': () => seeStaff.ja,
    'night-forbidden': () => seeManager.ja,
    'overtime-forbidden': () => seeManager.ja,
    visitor: () => 'ようこそお越しくださいました',
  },
};

/** The sentence of a notice in a worker's language, short enough to be read while walking through. */
export function noticeText(notice: GateNotice, language: Language): string {
  return (sentences[language][notice.kind] as (one: GateNotice) => string)(notice);
}
