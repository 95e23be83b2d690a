import type { CardReading, ChipTrust } from '../../shared/contracts/identity.ts';
import type { CardKind, ReaderKind, ReaderShape } from '../../shared/contracts/requests/reader.ts';

const place = {
  contactless: 'Đặt thẻ nằm sát mặt đầu đọc và giữ yên.',
  contact: 'Cắm thẻ vào khe: đầu có chip vào trước, mặt có chip hướng lên.',
  unknown: 'Đặt thẻ sát mặt đầu đọc, hoặc cắm đầu có chip vào khe.',
} satisfies Record<ReaderShape, string>;

/** Texts round the card reader: what is missing, what to do, what opens the chip, how far it is trusted. */
export const readerTexts = {
  place: { title: 'Đặt thẻ căn cước lên đầu đọc', insert: 'Cắm thẻ căn cước vào đầu đọc', hint: place },
  there: { title: 'Đã có thẻ trên đầu đọc', hint: 'Bấm “Đọc thẻ” để đọc lại từ đầu.' },
  opening: { title: 'Đang mở chip', hint: 'Giữ yên thẻ cho đến khi có tiếng báo.' },
  reading: { title: 'Đang đọc chip', hint: 'Giữ yên thẻ cho đến khi có tiếng báo.' },
  readFace: { title: 'Đang đọc ảnh trong chip', hint: 'Giữ yên thẻ cho đến khi có tiếng báo.' },
  waiting: 'Đang chờ thẻ',
  bytes: (bytes: string, of: string | null) => (of === null ? `${bytes} byte` : `${bytes} / ${of} byte`),
  progress: 'Đọc chip',
  read: 'Đọc thẻ',
  readAgain: 'Đọc lại thẻ',
  cancel: 'Hủy đọc',
  chooseGo: 'Chọn đầu đọc',
  typeGo: 'Nhập tay',
  qrGo: 'Quét mã QR',

  serviceMissing: { title: 'Dịch vụ đầu đọc thẻ chưa chạy', hint: 'Gọi kỹ thuật viên bật dịch vụ đầu đọc thẻ; màn hình sẽ tự tiếp tục. Trong lúc chờ, hãy quét mã QR trên thẻ.' },
  readerMissing: { title: 'Chưa thấy đầu đọc thẻ', hint: 'Cắm dây đầu đọc vào cổng USB; màn hình sẽ tự tiếp tục.' },
  chosenMissing: { title: 'Đầu đọc đã chọn chưa được cắm', hint: (name: string) => `Cắm lại “${name}”, hoặc chọn đầu đọc khác.` },
  choose: { title: 'Có thẻ trên hai đầu đọc', hint: 'Chọn đầu đọc dùng ở quầy này; máy sẽ nhớ lựa chọn.' },
  removed: { title: 'Thẻ bị nhấc ra khi chưa đọc xong', hint: 'Đặt thẻ lại và giữ yên cho đến khi có tiếng báo; máy tự đọc lại.' },
  absent: { title: 'Không có thẻ trên đầu đọc', hint: 'Đặt thẻ lên; máy tự đọc.' },
  mute: {
    title: 'Thẻ không trả lời',
    hint: {
      contactless: 'Nhấc thẻ ra khỏi ví hoặc bao, đặt lại sát mặt đầu đọc và giữ yên.',
      contact: 'Rút thẻ ra, xoay đầu có chip vào trước, mặt có chip hướng lên, rồi cắm lại.',
      unknown: 'Nhấc thẻ ra, xoay lại cho đúng chiều, rồi đặt lại và giữ yên.',
    } satisfies Record<ReaderShape, string>,
  },
  slow: { title: 'Thẻ trả lời quá chậm', hint: 'Nhấc thẻ ra, đặt lại vào giữa mặt đầu đọc và giữ yên.' },
  inUse: { title: 'Đầu đọc đang được chương trình khác dùng', hint: 'Đóng phần mềm ký số hoặc phần mềm đọc thẻ khác, rồi bấm “Đọc lại thẻ”.' },
  blocked: { title: 'Chip đã bị khóa', hint: 'Chip khóa vì thử sai nhiều lần. Dùng mã QR để tiếp tục và hướng dẫn người dân đến cơ quan cấp thẻ.' },
  faulty: { title: 'Chip trả lời không đúng chuẩn', hint: 'Nhấc thẻ ra, đặt lại; nếu vẫn lỗi, dùng mã QR và báo kỹ thuật viên.' },
  damaged: { title: 'Dữ liệu trong chip bị thiếu hoặc hỏng', hint: 'Dùng mã QR để tiếp tục và hướng dẫn người dân đến cơ quan cấp thẻ.' },
  other: {
    title: {
      bank: 'Đây là thẻ ngân hàng', storage: 'Đây là thẻ xe buýt hoặc thẻ ra vào', identity: 'Thẻ này không đọc được như thẻ căn cước',
      unknown: 'Đây không phải thẻ căn cước gắn chip',
    } satisfies Record<CardKind, string>,
    hint: 'Nhấc thẻ này ra, đặt thẻ căn cước lên.',
  },

  /** Choosing a reader. */
  choice: {
    title: 'Chọn đầu đọc thẻ', label: 'Đầu đọc thẻ chip', any: 'Tự chọn', anyHint: 'Dùng đầu đọc nào có thẻ',
    shape: { contact: 'Loại cắm thẻ', contactless: 'Loại chạm', unknown: 'Chưa rõ loại chạm hay cắm thẻ' } satisfies Record<ReaderShape, string>,
    kind: {
      reader: '', fixed: 'Khe SIM, SAM hoặc USB ký số, không tự dùng', simulated: 'Đầu đọc giả lập, để thử',
      invented: 'Đầu đọc ảo của hệ điều hành, không tự dùng',
    } satisfies Record<ReaderKind, string>,
    card: 'đang có thẻ', missing: 'chưa cắm',
    none: 'Chưa có đầu đọc nào được cắm.',
    using: (name: string) => `Đang dùng: ${name}`,
    several: (n: number) => `${n} đầu đọc, tự chọn đầu đọc có thẻ`,
  },

  /** What is still missing to open the chip. */
  key: {
    title: { 'qr-or-can': 'Quét mã QR trên thẻ, hoặc nhập 6 số', expiry: 'Nhập ngày hết hạn in trên thẻ', mrz: 'Nhập ba dòng chữ ở mặt sau thẻ', stop: 'Dừng thử mở chip' },
    what: {
      'qr-or-can': '6 số cuối của số định danh, in ở mặt trước thẻ.',
      expiry: 'Dòng “Có giá trị đến” trên thẻ. Mã QR không ghi ngày này.',
      mrz: 'Ở cuối mặt sau thẻ; hộ chiếu có hai dòng ở trang ảnh.',
      stop: (n: number) => `Đã thử sai ${n} lần. Chip có thể chậm dần hoặc tự khóa nếu thử tiếp.`,
    },
    stopHint: 'Nhấc thẻ ra, kiểm tra đúng thẻ của người này, rồi đặt lại để bắt đầu. Nếu vẫn không mở được, dùng mã QR.',
    wrong: (n: number, most: number) => `Chưa mở được chip, đã thử sai ${n} trên ${most} lần.`,
    can: '6 số cuối của số định danh', canError: 'Cần đúng 6 chữ số.',
    expiry: 'Có giá trị đến', expiryHint: 'ngày/tháng/năm, ví dụ 05/09/2030', expiryError: 'Ngày chưa đúng: ngày/tháng/năm.', forever: 'Thẻ ghi “Không thời hạn”',
    mrz: 'Các dòng ở mặt sau thẻ, chỗ trống gõ dấu <', mrzError: 'Chưa đủ các dòng: thẻ có 3 dòng 30 ký tự, hộ chiếu có 2 dòng 44 ký tự.',
    mrzChecks: 'Có ký tự chưa đúng (số kiểm tra không khớp). So lại từng dòng với thẻ.',
    go: 'Mở chip', other: 'Nhập cách khác', scan: 'Quét QR bằng máy ảnh',
    pick: { 'qr-or-can': 'Nhập 6 số', expiry: 'Nhập ngày hết hạn', mrz: 'Nhập ba dòng mặt sau' },
  },

  /** How far the chip can be trusted: one big word, then what it means and what to do. */
  trust: {
    word: {
      genuine: 'Chip thật', chained: 'Đúng nơi cấp', intact: 'Nguyên vẹn, chưa rõ nơi cấp', failed: 'Chip không đạt', 'not-checked': 'Chưa kiểm tra được',
    } satisfies Record<ChipTrust, string>,
    act: {
      genuine: null, chained: null,
      intact: 'Tiếp tục được. Để đối chiếu nơi cấp, quản trị ki-ốt nhập chứng thư gốc (CSCA) trong Quản trị.',
      failed: 'Dừng lại: không dùng dữ liệu này. Giữ thẻ trong tầm mắt, báo người phụ trách để kiểm tra giấy tờ thật giả.',
      'not-checked': 'Xem dữ liệu như lời tự khai; đối chiếu với thẻ in và giấy tờ khác.',
    } satisfies Record<ChipTrust, string | null>,
    why: 'Vì sao',
    verdict: {
      hashes: 'Dữ liệu khớp bản đã ký', signature: 'Chữ ký của nơi cấp', chain: 'Chứng thư nơi cấp',
      active: 'Chống sao chép (AA)', chip: 'Chống sao chép (CA)', genuine: 'Kết luận chip thật',
    } satisfies Record<keyof CardReading['trust'], string>,
    /** What did not hold, without the names of files and protocols; the conclusion says nothing of its own. */
    failed: {
      hashes: 'Dữ liệu trong chip khác với bản đã ký: có thể đã bị sửa.', signature: 'Chữ ký trên dữ liệu không đúng.',
      chain: 'Chứng thư của nơi ký không hợp lệ hoặc đã bị thu hồi.', active: 'Chip không chứng minh được là bản gốc: có thể là chip sao chép.',
      chip: 'Chip không chứng minh được là bản gốc: có thể là chip sao chép.', genuine: null,
    } satisfies Record<keyof CardReading['trust'], string | null>,
    state: { yes: 'đạt', no: 'không đạt', open: 'chưa kiểm tra' },
  },

  /** The picture out of the chip. */
  face: {
    label: 'Ảnh trong chip', loading: 'Đang mở ảnh trong chip…', gone: 'Ảnh đã được xóa khỏi bộ nhớ. Đọc lại thẻ nếu cần đối chiếu.',
    compare: 'Đối chiếu ảnh này với người trước mặt.', privacy: 'Ảnh không được lưu; tự xóa khi đóng hồ sơ.',
  },

  /** The differences between the places that tell who this is. */
  compare: {
    title: 'Các nguồn ghi khác nhau', columns: { field: 'Thông tin', qr: 'Trên mã QR', chip: 'Trong chip', mrz: 'Dòng máy đọc', number: 'Theo số định danh' },
    differs: 'khác', empty: 'không ghi',
    field: {
      personalId: 'Số định danh', fullName: 'Họ và tên', birthDate: 'Ngày sinh', sex: 'Giới tính', nationality: 'Quốc tịch', residence: 'Nơi cư trú',
      oldId: 'Số CMND cũ', issuedOn: 'Ngày cấp', expiresOn: 'Có giá trị đến',
    },
    noExpiry: 'Không thời hạn',
    numberHint: 'Số định danh có thể khác giới tính, năm sinh khi đã được cải chính.',
    open: (n: number) => `Xem ${n} điểm khác nhau`,
  },

  document: {
    passport: 'Số hộ chiếu', card: 'Số giấy tờ',
    number: (kind: string, issuer: string) => (issuer === '' ? kind : `${kind}, nơi cấp ${issuer}`),
    expiry: 'Có giá trị đến',
    noId: 'Giấy tờ này không có số định danh 12 chữ số nên chưa tiếp nhận được hồ sơ bằng nó. Nếu người này đã được cấp số định danh, hãy dùng thẻ hoặc nhập tay.',
  },

  spot: {
    tab: 'Soát thẻ', title: 'Đối chiếu người với thẻ',
    hint: 'Cho người lao động đưa mã QR trên thẻ trước máy ảnh, rồi đặt thẻ lên đầu đọc và bấm “Đọc chip”. Đây không phải lượt quét: không ai được tính vào hay ra.',
    go: 'Đọc chip', can: 'Hoặc 6 số cuối của số định danh', canHint: 'Khi không có mã QR', canError: 'Cần đúng 6 chữ số.', clear: 'Xong, xóa khỏi màn hình',
    onCard: 'Tên trong chip', inRoster: 'Trong danh sách', department: 'Bộ phận',
    outcome: {
      registered: 'Đúng người trong danh sách', 'name-differs': 'Số khớp, họ tên khác danh sách', barred: 'Người này bị cấm vào', 'not-now': 'Ngoài thời hạn làm việc',
      'not-registered': 'Không có trong danh sách', 'no-id': 'Giấy tờ này không phải thẻ đã đăng ký', forged: 'Chip không đạt: giữ thẻ, báo người phụ trách', unread: 'Chưa đọc được thẻ',
    },
  },

  test: {
    title: 'Kiểm tra đầu đọc thẻ', hint: 'Đặt một thẻ căn cước lên đầu đọc rồi kiểm tra. Máy chỉ hỏi thẻ có trả lời không, không đọc thông tin cá nhân.',
    go: 'Kiểm tra đầu đọc', going: 'Đang kiểm tra…', none: 'Không thấy đầu đọc thẻ nào. Cắm đầu đọc vào cổng USB rồi kiểm tra lại.',
    serviceMissing: 'Dịch vụ đầu đọc thẻ chưa chạy. Gọi kỹ thuật viên bật dịch vụ này rồi kiểm tra lại.', ok: 'tốt', warn: 'xem lại',
  },
} as const;
