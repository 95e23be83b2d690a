import type { InboxKind } from '../../shared/contracts/requests/correction.ts';
import type { CorrectionState } from '../../shared/contracts/correction.ts';
import { exceptionWords } from '../../shared/domain/timesheet-words.ts';

const { 'still-inside': _stillInside, ...exceptions } = exceptionWords;

/** Texts of the inbox of exceptions, of corrections and their approval. */
export const correction = {
  tab: 'Cần xử lý',
  parts: { inbox: 'Bất thường', waiting: (n: string) => (n === '0' ? 'Chờ duyệt' : `Chờ duyệt (${n})`), differences: 'Đã điều chỉnh' },
  kinds: { ...exceptions, passback: 'Vào lại khi chưa ra', 'ask-guard': 'Đã hỏi bảo vệ', unknown: 'Thẻ lạ' } satisfies Record<InboxKind, string>,
  all: 'Tất cả',
  period: 'Kỳ', periods: { today: 'Hôm nay', yesterday: 'Từ hôm qua', week: '7 ngày qua', month: 'Tháng này', last: 'Tháng trước' },
  onlyOpen: 'Ẩn dòng đang chờ duyệt',
  reload: 'Tính lại', at: (time: string) => `Tính đến ${time}`, working: 'Đang tìm các ngày công cần xử lý…',
  columns: { worker: 'Công nhân', date: 'Ngày công', kind: 'Cần xử lý', in: 'Vào', out: 'Ra', pick: 'Chọn' },
  pick: (name: string) => `Chọn ${name}`, pickAll: 'Chọn tất cả', picked: (n: string) => `Đã chọn ${n} dòng`, unpick: 'Bỏ chọn',
  waiting: 'Chờ duyệt', closedBySystem: 'tự đóng',
  unknownCard: (code: string) => `Thẻ ${code}`,
  empty: 'Không còn gì phải xử lý', emptyHint: 'Ngày công thiếu lượt, sai ca hoặc có thẻ lạ tại cổng sẽ hiện ở đây.', emptyFilter: 'Không có dòng nào với bộ lọc này.',
  suggest: 'Đề nghị theo gợi ý', keep: 'Giữ nguyên', outage: 'Bù lượt sau sự cố',
  day: {
    scans: 'Lượt quét trong ngày', noScans: 'Không có lượt quét nào.', at: 'Giờ', lane: 'Làn', answered: 'Cổng đã trả lời', now: 'Tính là',
    leaveOut: 'Không tính', added: 'Bổ sung', nothing: 'không tính',
    shift: 'Ca', noShift: 'Không có ca', line: 'Ngày công', before: 'Theo lượt quét', present: 'Hiện nay', after: 'Sau đề nghị', noLine: 'Không có công',
    useSuggestion: 'Điền theo gợi ý', keepHint: 'Ngày công giữ như hiện nay và không còn trong danh sách cần xử lý.',
    addIn: 'Thêm giờ vào', addOut: 'Thêm giờ ra', overtime: 'Tăng ca xác nhận (phút)', overtimeHint: 'Từ hết ca; 0 là không có',
    dayShift: 'Ca của ngày này', asPlanned: 'Theo lịch phân ca', wholeDay: 'Tính đủ công cả ca (công tác, họp, việc được giao)',
    what: 'Cách xử lý', ways: { change: 'Sửa giờ, lượt hoặc ca', keep: 'Giữ nguyên, đã kiểm tra', restore: 'Bỏ điều chỉnh đang dùng' },
    error: { clock: 'Ghi giờ dạng 17:30', minutes: 'Ghi số phút từ 0 đến 720', nothing: 'Chưa có thay đổi nào. Vui lòng nhập giờ, bỏ lượt, đổi ca hoặc chọn “Giữ nguyên”.', reason: 'Chọn lý do', note: 'Lý do này cần ghi chú' },
    history: 'Các đề nghị của ngày này', worked: (hours: string) => `làm ${hours}`, overtimeOf: (hours: string) => `tăng ca ${hours}`, late: (hours: string) => `muộn ${hours}`, early: (hours: string) => `sớm ${hours}`,
    onlyScan: 'Thẻ này không có trong danh sách công nhân nên không tính công cho ai. Nếu là người của nhà máy, vui lòng thêm thẻ ở mục “Công nhân” rồi bù công cho ngày này.',
  },
  reason: 'Lý do', note: 'Ghi chú', noteHint: 'Người duyệt sẽ đọc ghi chú', noteNeeded: 'Lý do này bắt buộc có ghi chú',
  send: 'Gửi đề nghị', sendMany: (n: string) => `Gửi ${n} đề nghị`, sent: 'Đã gửi. Một giám sát khác duyệt thì mới tính vào bảng công.', sending: 'Đang ghi đề nghị…',
  bulk: {
    title: { suggested: 'Đề nghị theo gợi ý', keep: 'Giữ nguyên, đã kiểm tra' },
    working: 'Đang tìm gợi ý…', left: (n: string) => `${n} dòng chưa có gợi ý, vui lòng mở từng dòng để xử lý.`, change: 'Đề nghị', none: 'Không dòng nào có gợi ý. Vui lòng mở từng dòng để xử lý.',
  },
  outages: {
    title: 'Bù lượt sau sự cố', hint: 'Chọn khoảng thời gian không quét được. Phần mềm tìm người có giờ vào ca hoặc ra ca trong khoảng đó mà thiếu lượt.',
    date: 'Ngày', from: 'Từ giờ', to: 'Đến giờ', lane: 'Làn gặp sự cố', allLanes: 'Cả cổng', find: 'Tìm người thiếu lượt', finding: 'Đang tìm…',
    found: (n: string) => `${n} người thiếu lượt`, none: 'Không ai thiếu lượt trong khoảng này.', scans: (n: string) => `Trong khoảng này cổng vẫn ghi ${n} lượt quét. Vui lòng kiểm tra lại giờ của sự cố.`,
    unseen: 'không có lượt nào trong ngày', unseenHint: (n: string) => `${n} người không có lượt quét nào trong ngày: chỉ chọn khi chắc chắn họ có đi làm.`, withUnseen: 'Gồm cả người không có lượt nào',
    error: { date: 'Ghi ngày dạng 20/11/2026', order: 'Giờ kết thúc phải sau giờ bắt đầu' },
  },
  approval: {
    empty: 'Không có đề nghị nào chờ duyệt', emptyHint: 'Đề nghị điều chỉnh công gửi từ mục “Bất thường” sẽ chờ ở đây để người thứ hai duyệt.',
    own: 'Bạn đã gửi đề nghị này nên một giám sát khác phải duyệt.', nobody: 'Máy này chưa có tài khoản giám sát thứ hai. Quản trị ki-ốt cần tạo thêm một tài khoản để duyệt.',
    by: (name: string, at: string) => `${name} gửi lúc ${at}`, count: (n: string) => `${n} ngày công`, more: (n: string) => `và ${n} người khác`,
    open: 'Xem', approve: 'Duyệt', refuse: 'Từ chối', withdraw: 'Rút lại', approveAll: (n: string) => `Duyệt ${n} ngày công`, refuseAll: 'Từ chối tất cả', withdrawAll: 'Rút lại tất cả', title: 'Đề nghị chờ duyệt',
    before: 'Hiện nay', after: 'Sau khi duyệt', note: 'Ý kiến (không bắt buộc)', refuseNote: 'Vui lòng ghi lý do từ chối.',
    done: { approved: 'Đã duyệt. Bảng công đã tính lại.', refused: 'Đã từ chối.', withdrawn: 'Đã rút lại.' },
  },
  differences: {
    empty: 'Chưa có ngày công nào được điều chỉnh trong kỳ này', emptyHint: 'Mỗi ngày công được duyệt hiện ở đây với số gốc và số sau điều chỉnh.',
    before: 'Theo lượt quét gốc', after: 'Sau điều chỉnh', who: 'Đề nghị, duyệt', why: 'Lý do', xlsx: 'Xuất Excel', pdf: 'Xuất PDF', saved: 'Đã lập báo cáo. Vui lòng chọn nơi lưu.',
    proof: (device: string, proposal: string, decision: string) => `Máy ${device}, sự kiện ${proposal} và ${decision}`, hash: 'Dấu của sự kiện trong chuỗi',
  },
  states: { proposed: 'Chờ duyệt', approved: 'Đã duyệt', refused: 'Bị từ chối', withdrawn: 'Đã rút lại' } satisfies Record<CorrectionState, string>,
  superseded: 'Đã thay bằng điều chỉnh khác',
  changes: {
    in: (at: string) => `thêm vào ${at}`, out: (at: string) => `thêm ra ${at}`, leaveOut: (at: string) => `không tính lượt ${at}`, overtime: (hours: string) => `xác nhận tăng ca ${hours}`,
    shift: (id: string) => `đổi sang ca ${id}`, noShift: 'bỏ ca', wholeDay: 'tính đủ công cả ca', keep: 'giữ nguyên', restore: 'bỏ điều chỉnh',
  },
} as const;
