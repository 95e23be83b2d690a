import type { Outcome } from '../../shared/contracts/requests/gate.ts';

/** The languages in which workers are greeted. */
export type Language = 'vi' | 'en' | 'zh' | 'ko' | 'ja';

/** Texts of the gate screen. */
export const gate = {
  waiting: 'Đưa mã QR trên thẻ căn cước vào ô',
  waitingOther: 'hoặc quét thẻ nhân viên tại đầu đọc',
  /** The same sentence for those who read no Vietnamese, in turn. */
  waitingIn: {
    en: 'Hold the QR code of your ID card inside the frame',
    zh: '请将身份证上的二维码对准框内',
    ko: '신분증의 QR 코드를 네모 안에 맞춰 주세요',
    ja: '身分証のQRコードを枠の中にかざしてください',
  },
  /** Where the lane has no camera picture. */
  withoutCamera: 'Quét thẻ tại đầu đọc',
  withoutCameraOther: 'thẻ căn cước hoặc thẻ nhân viên',
  withoutCameraIn: {
    en: 'Scan your card at the reader', zh: '请出示身份证件', ko: '카드를 대 주세요', ja: 'カードをかざしてください',
  },
  busy: 'Đang ghi nhận…',
  lane: { in: 'Lối vào', out: 'Lối ra', both: 'Lối vào và ra' },
  count: { label: 'Số lượt hôm nay', in: 'Vào', out: 'Ra', inside: 'Đang ở trong' },
  last: 'Ba lượt gần nhất',
  lastEmpty: 'Chưa có lượt nào trên màn hình này',
  supervisor: 'Giám sát',
  noRoster: 'Chưa có danh sách công nhân. Bấm “Giám sát” để nhập danh sách.',
  failed: 'CHƯA GHI NHẬN',
  /** Beside the supervisor's button, for those who know what it means; bystanders learn nothing from it. */
  waitingForGuard: (n: number) => `${n} việc chờ`,
  fire: {
    word: 'BÁO CHÁY',
    help: {
      vi: 'Các cổng đang mở. Ra ngoài ngay và đến điểm tập kết.',
      en: 'The gates are open. Leave now and go to the assembly point.',
      zh: '闸门已打开，请立即离开并前往集合点。',
      ko: '출입문이 열려 있습니다. 지금 나가서 집결지로 가세요.',
      ja: 'ゲートは開いています。すぐに外へ出て集合場所へ。',
    } satisfies Record<Language, string>,
  },
  /** Word = what is read from two metres; help = what to do now. */
  answer: {
    'in': { word: 'VÀO CA', help: '' },
    'out': { word: 'RA CA', help: '' },
    'recorded': { word: 'ĐÃ GHI NHẬN', help: '' },
    /** Ticked off at the assembly point of a roll call: no way in, no way out. */
    'muster': { word: 'CÓ MẶT', help: '' },
    'repeat': { word: 'ĐÃ QUẸT RỒI', help: 'Lượt này đã được ghi nhận. Mời đi tiếp.' },
    'unknown': { word: 'CHƯA CÓ TÊN', help: 'Không có trong danh sách. Vui lòng gặp bảo vệ.' },
    'expired': { word: 'HẾT THỜI HẠN', help: 'Thời hạn ra vào đã hết. Vui lòng gặp bảo vệ.' },
    'not-yet-valid': { word: 'CHƯA ĐẾN NGÀY', help: 'Chưa đến ngày bắt đầu. Vui lòng gặp bảo vệ.' },
    'barred': { word: 'GẶP BẢO VỆ', help: 'Vui lòng gặp bảo vệ để được hướng dẫn.' },
    'ask-guard': { word: 'GẶP BẢO VỆ', help: 'Vui lòng gặp bảo vệ để được hướng dẫn.' },
    'unreadable': { word: 'QUÉT LẠI', help: 'Mã không đọc được. Vui lòng đưa lại thẻ và giữ yên.' },
    'passback': { word: 'SAI LƯỢT', help: 'Lượt vào, ra không khớp. Vui lòng gặp bảo vệ.' },
  } satisfies Record<Outcome | 'in' | 'out' | 'muster', { word: string; help: string }>,
  /** Beside an answer that stands although the turnstile did not open. */
  notOpened: {
    vi: 'Đã ghi nhận nhưng cổng chưa mở. Vui lòng chờ bảo vệ.', en: 'Recorded, but the gate did not open. Please wait for the guard.',
    zh: '已记录，但闸门未打开，请等候保安。', ko: '기록되었으나 출입문이 열리지 않았습니다. 경비원을 기다려 주세요.', ja: '記録しましたがゲートが開きません。警備員をお待ちください。',
  } satisfies Record<Language, string>,
  /** Said below the answer in the worker's own language. */
  greeting: {
    in: { vi: 'Chúc một ca làm việc an toàn!', en: 'Have a safe shift!', zh: '祝您工作平安！', ko: '안전한 하루 되세요!', ja: '今日もご安全に！' },
    muster: {
      vi: 'Đã điểm danh tại điểm tập kết. Vui lòng ở lại đây.', en: 'You are counted at the assembly point. Please stay here.', zh: '已在集合点点名，请留在此处。',
      ko: '집결지에서 인원 확인이 되었습니다. 이곳에 계세요.', ja: '集合場所で確認しました。ここでお待ちください。',
    },
    out: { vi: 'Cảm ơn, hẹn gặp lại!', en: 'Thank you, see you again!', zh: '辛苦了，再见！', ko: '수고하셨습니다!', ja: 'お疲れさまでした！' },
    goOn: { vi: '', en: 'Already recorded. Please go on.', zh: '已记录，请通行。', ko: '이미 기록되었습니다. 지나가세요.', ja: '記録済みです。お進みください。' },
    seeGuard: { vi: '', en: 'Please see the guard.', zh: '请联系保安。', ko: '경비원에게 문의해 주세요.', ja: '警備員にお声がけください。' },
    again: { vi: '', en: 'Please hold the card again.', zh: '请重新出示证件。', ko: '카드를 다시 대 주세요.', ja: 'もう一度カードをかざしてください。' },
  } satisfies Record<string, Record<Language, string>>,
} as const;
