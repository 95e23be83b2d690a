import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { CameraDial } from '../../shared/contracts/requests/system.ts';
import type { OpticsVerdict } from '../../shared/domain/optics.ts';
import type { ShownHint } from '../camera/messages.ts';

/** Texts of the camera's picture, its settings and the page on fitting hardware. */
export const cameraTexts = {
  hint: {
    closer: 'Đưa thẻ lại gần hơn',
    farther: 'Đưa thẻ ra xa một chút',
    steady: 'Giữ yên thẻ',
    glare: 'Nghiêng thẻ để hết chói',
    dark: 'Thiếu sáng: bật đèn hoặc đưa thẻ ra chỗ sáng',
  } satisfies Record<ShownHint, string>,
  picture: 'Hình từ máy ảnh',
  starting: 'Đang mở máy ảnh…',
  off: 'Máy ảnh đang được chỉnh. Vẫn quét được bằng đầu đọc.',
  /** Short, for those who stand at a gate and can mend nothing. */
  atGate: {
    'camera-missing': 'Chưa có máy ảnh. Vẫn quét được bằng đầu đọc.',
    'camera-gone': 'Máy ảnh bị rút ra. Vẫn quét được bằng đầu đọc.',
    'camera-denied': 'Máy ảnh bị chặn. Vui lòng gọi kỹ thuật viên.',
    'camera-busy': 'Máy ảnh đang bận. Vui lòng gọi giám sát.',
    'camera-stalled': 'Máy ảnh mất hình. Vui lòng gọi giám sát.',
    'code-reader-broken': 'Không đọc được mã. Vui lòng gọi giám sát.',
  } satisfies Partial<Record<ProblemCode, string>>,

  title: 'Máy quét và máy ảnh',
  open: 'Chỉnh máy ảnh',
  openHint: 'Chọn máy ảnh, chỉnh hình, thử đọc thẻ',
  tabs: { camera: 'Máy ảnh', mrz: 'Thử đọc mặt sau', hardware: 'Phần cứng phù hợp' },
  camera: 'Máy ảnh', any: 'Tự chọn', unnamed: (n: number) => `Máy ảnh ${n}`, goneHint: 'đang rút ra',
  size: 'Cỡ hình', best: 'Tự chọn (nên dùng)', sizeOf: (width: number, height: number) => `${width}\u00a0×\u00a0${height}`,
  now: (width: number, height: number, perSecond: number) => `Đang nhận ${width}\u00a0×\u00a0${height}, ${perSecond} hình mỗi giây`,
  enough: 'Đủ nét cho mã QR trên thẻ',
  tooSmall: 'Hình nhỏ: khó đọc mã QR trên thẻ, nên dùng từ 1920\u00a0×\u00a01080',
  tooSlow: 'Ít hình mỗi giây: đọc chậm, nên chọn cỡ hình nhỏ hơn hoặc thêm sáng',
  mirror: 'Hiện hình như soi gương',
  torch: 'Bật đèn của máy ảnh',
  dial: {
    focusDistance: 'Lấy nét', exposureTime: 'Thời gian phơi sáng', exposureCompensation: 'Bù sáng', brightness: 'Độ sáng', zoom: 'Phóng to',
  } satisfies Record<CameraDial, string>,
  automatic: (dial: string) => `${dial}: tự động`,
  noDials: 'Máy ảnh này tự lấy nét và chỉnh sáng, không có mục nào để chỉnh thêm.',
  reset: 'Về mặc định',
  saved: 'Mọi thay đổi được lưu ngay và dùng lại khi mở máy hoặc cắm lại máy ảnh.',
  tryOut: 'Thử đọc: đưa mã QR trên thẻ vào khung.',
  tried: (n: number, time: string) => `Đã đọc được mã QR ${n} lần, gần nhất lúc ${time}. Nội dung thử không được ghi lại.`,

  mrz: {
    open: 'Đọc ba dòng bằng máy ảnh',
    title: 'Đọc mặt sau thẻ bằng máy ảnh',
    how: 'Đưa mặt sau thẻ vào khung: ba dòng chữ và dấu < ở cuối thẻ nằm trọn trong khung, giữ yên.',
    cancel: 'Hủy',
    tryOut: 'Chưa đọc được lần nào.',
    tried: (time: string) => `Đọc được cả ba dòng, mọi số kiểm tra đều đúng, lúc ${time}. Nội dung thử không được ghi lại.`,
  },

  hardware: {
    intro: 'Danh mục này theo số đo của phần mềm trên ảnh mẫu. Trước khi mua nhiều, hãy thử một bộ với thẻ thật tại chỗ đặt máy.',
    lists: [
      {
        title: 'Máy ảnh',
        items: [
          'Hình 1920\u00a0×\u00a01080 trở lên, ít nhất 15 hình mỗi giây; 2560\u00a0×\u00a01440 đọc được từ xa hơn.',
          'Tự lấy nét, hoặc lấy nét gần được ở 5–10 cm. Máy ảnh gắn sẵn trên máy tính xách tay thường không lấy nét được ở cự ly này.',
          'Góc nhìn hẹp (khoảng 60° hoặc nhỏ hơn) tốt hơn góc rộng.',
          'Đèn tỏa đều, chiếu xiên; đèn chiếu thẳng làm chói mặt thẻ. Có thể thêm kính lọc phân cực.',
          'Giao tiếp USB chuẩn UVC, cắm là nhận, không cần phần mềm riêng.',
        ],
      },
      {
        title: 'Máy quét mã',
        items: [
          'Loại quét ảnh 2D, đọc được QR trên thẻ và trên màn hình điện thoại.',
          'Chế độ cổng COM ảo (USB-COM, CDC) hoặc HID-POS: giữ đúng dấu tiếng Việt. Đây là cách nên dùng.',
          'Chế độ bàn phím: mất dấu tiếng Việt và bị bộ gõ Telex, VNI làm sai; chỉ dùng khi không có cách khác.',
          'Mỗi làn một máy quét riêng để không lẫn lượt.',
        ],
      },
      {
        title: 'Đầu đọc thẻ chip',
        items: [
          'Theo chuẩn PC/SC, CCID, có đọc không tiếp xúc ISO 14443; hệ điều hành tự nhận.',
          'Hỗ trợ gói lệnh dài (extended APDU): đọc ảnh trên chip nhanh hơn.',
          'Nên có rãnh hoặc khay giữ thẻ: thẻ xê dịch là phải đọc lại.',
        ],
      },
    ],
    opticsTitle: 'Máy ảnh đọc được từ bao xa?',
    optics: 'Mã QR trên thẻ rộng khoảng 11 mm, chia thành 49 × 49 ô, mỗi ô 0,22 mm. Phần mềm cần mỗi ô ít nhất 3,5 điểm ảnh; từ 4,5 điểm ảnh là đọc tốt. Ống kính 60° đặt cách thẻ 25 cm thấy một khoảng rộng 289 mm: mỗi ô chỉ còn 1,0 điểm ảnh ở hình 1280 và 1,5 ở hình 1920, không phần mềm nào đọc được. Vì vậy phải đưa thẻ lại gần.',
    tableLabel: 'Số điểm ảnh mỗi ô của mã QR trên thẻ, ống kính 60°',
    distance: 'Khoảng cách', centimetres: (cm: string) => `${cm} cm`,
    across: (pixels: number) => `Hình rộng ${pixels}`,
    calculator: 'Tính cho máy ảnh của bạn',
    resolution: 'Cỡ hình', lens: 'Góc nhìn ngang của ống kính', degrees: (n: number) => `${n}°`,
    code: 'Mã QR', codes: { card: 'Trên thẻ (11 mm)', phone: 'VNeID trên điện thoại (40 mm)' },
    howFar: 'Khoảng cách từ ống kính đến mã',
    result: (width: string, modulePixels: string) => `Máy ảnh thấy khoảng rộng ${width} mm, mỗi ô được ${modulePixels} điểm ảnh.`,
    farthest: (cm: string, good: string) => `Đọc được khi gần hơn ${cm} cm, đọc tốt khi gần hơn ${good} cm.`,
    verdict: { unreadable: 'Không đọc được', poor: 'Lúc được lúc không', readable: 'Đọc được', good: 'Đọc tốt' } satisfies Record<OpticsVerdict, string>,
    openHere: 'Xem phần cứng phù hợp',
  },
} as const;
