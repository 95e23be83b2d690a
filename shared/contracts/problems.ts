/**
 * Expected failures: a short list of coded problems. `retry` says whether doing the same thing again can help;
 * `vi` is what the person in front of the screen reads and says what to do. Anything not on this list is a bug:
 * it ends the service, which is started again.
 */
export const problems = {
  // the service and its requests
  'service-restarted': { retry: true, vi: 'Phần mềm vừa khởi động lại. Vui lòng thực hiện lại thao tác.' },
  'request-unknown': { retry: false, vi: 'Yêu cầu không được phép.' },
  'request-invalid': { retry: false, vi: 'Dữ liệu nhập chưa đúng. Vui lòng kiểm tra lại các ô được đánh dấu.' },
  'not-logged-in': { retry: false, vi: 'Phiên làm việc đã khóa. Vui lòng đăng nhập.' },
  'not-allowed': { retry: false, vi: 'Tài khoản này không có quyền thực hiện thao tác. Vui lòng nhờ người có quyền.' },
  'login-failed': { retry: true, vi: 'Sai tên đăng nhập hoặc mã PIN.' },
  'login-locked': { retry: false, vi: 'Tài khoản tạm khóa do nhập sai nhiều lần. Vui lòng chờ hoặc gặp quản trị ki-ốt.' },
  'not-set-up': { retry: false, vi: 'Ki-ốt chưa được thiết lập. Vui lòng hoàn tất bước thiết lập ban đầu.' },
  'already-set-up': { retry: false, vi: 'Ki-ốt đã được thiết lập. Vui lòng đăng nhập để thay đổi.' },
  'name-taken': { retry: false, vi: 'Tên đăng nhập này đã có. Vui lòng chọn tên khác.' },
  'secret-differs': { retry: true, vi: 'Hai lần nhập mật khẩu mới chưa giống nhau. Vui lòng nhập lại.' },
  'shift-unknown': { retry: false, vi: 'Bảng phân ca ghi một ca không có trong danh sách ca, hoặc ngày bắt đầu sau ngày kết thúc. Vui lòng sửa tệp rồi nhập lại.' },
  'shift-plan-invalid': { retry: false, vi: 'Tệp ca làm việc chưa đúng dạng. Vui lòng kiểm tra dòng được nêu rồi nhập lại.' },
  'shift-taken': { retry: false, vi: 'Mã ca này đã có. Vui lòng chọn mã khác, hoặc sửa ca đó.' },
  'shift-in-use': { retry: false, vi: 'Ca này đang được dùng nên chưa xóa được. Vui lòng chuyển công nhân và lịch phân ca sang ca khác trước.' },
  'assignment-columns-missing': { retry: false, vi: 'Tệp phân ca cần bốn cột: mã công nhân, ca, từ ngày, đến ngày. Vui lòng thêm dòng tiêu đề có các cột này.' },
  'lanes-clash': { retry: false, vi: 'Hai làn dùng chung một cổng hoặc một bảng rơ-le nhưng cài đặt khác nhau. Vui lòng đặt giống nhau, hoặc chọn cổng khác cho một làn.' },
  'pass-card-taken': { retry: false, vi: 'Thẻ này là thẻ của công nhân, hoặc đang phát cho khách khác mà chưa nhận lại. Vui lòng dùng thẻ khác, hoặc nhận lại thẻ đó trước.' },
  'zone-in-use': { retry: false, vi: 'Khu vực này còn làn dẫn vào nên chưa bỏ được. Vui lòng chuyển các làn đó sang khu vực khác trước.' },
  'scan-not-held': { retry: false, vi: 'Lượt quét này không chờ bảo vệ quyết định. Vui lòng tải lại danh sách.' },
  'scan-decided': { retry: false, vi: 'Lượt quét này đã được quyết định khác đi. Vui lòng tải lại danh sách.' },
  'visitor-columns-missing': { retry: false, vi: 'Danh sách cần bốn cột: họ và tên, công ty, từ ngày, đến ngày. Vui lòng thêm dòng tiêu đề có các cột này.' },
  'report-cancelled': { retry: true, vi: 'Đã dừng lập báo cáo.' },
  'report-too-long': { retry: false, vi: 'Báo cáo quá dài để in. Vui lòng chọn một doanh nghiệp hay bộ phận, hoặc xuất Excel.' },
  'printer-failed': { retry: true, vi: 'Không in được. Vui lòng kiểm tra máy in của máy này, hoặc lưu tệp PDF rồi in ở máy khác.' },
  'scan-line-invalid': { retry: false, vi: 'Dòng quét chưa đúng dạng. Mỗi dòng cần thời điểm, làn và mã.' },
  // the store
  'store-too-new': { retry: false, vi: 'Dữ liệu thuộc phiên bản phần mềm mới hơn. Vui lòng cập nhật phần mềm.' },
  'store-damaged': { retry: false, vi: 'Kho dữ liệu bị hỏng. Vui lòng không xóa thư mục dữ liệu và gọi kỹ thuật viên.' },
  'store-key-missing': { retry: false, vi: 'Không tìm thấy khóa mở kho dữ liệu. Vui lòng gọi kỹ thuật viên.' },
  'store-key-wrong': { retry: false, vi: 'Khóa không mở được kho dữ liệu. Vui lòng gọi kỹ thuật viên.' },
  'store-key-in-keychain': { retry: false, vi: 'Khóa kho dữ liệu nằm trong kho khóa của hệ điều hành; dòng lệnh không mở được. Vui lòng làm việc này trong cửa sổ chương trình.' },
  'store-in-use': { retry: true, vi: 'Kho dữ liệu đang được ki-ốt sử dụng. Vui lòng đóng ki-ốt rồi thử lại.' },
  'store-missing': { retry: false, vi: 'Không có kho dữ liệu ở thư mục này. Vui lòng kiểm tra lại đường dẫn.' },
  'store-no-access': { retry: false, vi: 'Không mở được thư mục dữ liệu. Vui lòng kiểm tra đường dẫn và quyền của người dùng.' },
  'port-in-use': { retry: true, vi: 'Cổng mạng này đang được dùng hoặc không được phép dùng. Vui lòng chọn cổng khác.' },
  'disk-full': { retry: true, vi: 'Ổ đĩa đã đầy, chưa lưu được. Vui lòng gọi kỹ thuật viên giải phóng dung lượng.' },
  'conflict': { retry: false, vi: 'Bản ghi này đã được lưu với nội dung khác. Vui lòng tải lại và kiểm tra.' },
  'not-found': { retry: false, vi: 'Không tìm thấy bản ghi. Vui lòng tải lại rồi chọn lại.' },
  // QR, codes, scanners, camera
  'qr-not-found': { retry: true, vi: 'Không thấy mã QR trong ảnh. Vui lòng đưa thẻ lại gần và giữ yên.' },
  'qr-not-identity': { retry: false, vi: 'Mã QR này không phải mã trên thẻ căn cước.' },
  'qr-field-invalid': { retry: true, vi: 'Mã QR đọc được nhưng thông tin không hợp lệ. Vui lòng quét lại.' },
  'qr-garbled': { retry: true, vi: 'Đầu đọc mã làm sai dấu tiếng Việt. Vui lòng chuyển đầu đọc sang chế độ cổng COM (USB-COM).' },
  'scan-merged': { retry: true, vi: 'Hai lượt quét bị dính vào nhau. Vui lòng quét lại từng người; nếu còn lặp lại hãy bật ký tự kết thúc Enter (CR) trên đầu đọc.' },
  'scanner-layout': { retry: true, vi: 'Đầu đọc mã đặt sai ngôn ngữ bàn phím. Vui lòng đặt ngôn ngữ bàn phím của đầu đọc là US English, hoặc chuyển đầu đọc sang chế độ cổng COM (USB-COM).' },
  'scanner-input-method': { retry: true, vi: 'Bộ gõ tiếng Việt (Unikey, EVKey) đang sửa nội dung quét. Vui lòng tắt bộ gõ, hoặc chuyển đầu đọc sang chế độ cổng COM (USB-COM).' },
  'scanner-seven-bit': { retry: true, vi: 'Đầu đọc mã đang truyền 7 bit nên mất dấu tiếng Việt. Vui lòng đặt cổng COM của đầu đọc là 8 bit dữ liệu, không chẵn lẻ (8N1).' },
  'scanner-noise': { retry: true, vi: 'Đầu đọc gửi tín hiệu lạ: có thể sai tốc độ cổng COM hoặc dây bị nhiễu. Vui lòng quét lại; nếu còn lặp lại hãy đặt tốc độ (baud) của làn đúng như của đầu đọc.' },
  'card-number-wrong': { retry: true, vi: 'Đầu đọc gửi số thẻ sai (không khớp bit kiểm tra). Vui lòng quét lại; nếu còn lặp lại hãy kiểm tra mẫu dòng của làn.' },
  'pass-check-digit': { retry: true, vi: 'Mã ra vào đọc hoặc nhập sai. Vui lòng quét lại.' },
  'mrz-not-found': { retry: true, vi: 'Không thấy vùng máy đọc (MRZ). Vui lòng nhập đủ 3 dòng 30 ký tự của thẻ, hoặc 2 dòng 36 hay 44 ký tự của giấy tờ khác.' },
  'mrz-visa': { retry: false, vi: 'Đây là vùng máy đọc của thị thực, không phải của giấy tờ tùy thân. Vui lòng dùng hộ chiếu hoặc thẻ.' },
  'mrz-field-invalid': { retry: true, vi: 'Vùng máy đọc có ngày không tồn tại. Vui lòng đọc hoặc nhập lại từng dòng.' },
  'mrz-check-digit': { retry: true, vi: 'Số kiểm tra của vùng máy đọc không khớp. Vui lòng đọc hoặc nhập lại từng dòng.' },
  'code-too-long': { retry: false, vi: 'Mã quá dài, không phải thẻ hợp lệ.' },
  'image-unreadable': { retry: false, vi: 'Tệp hỏng, không mở được. Vui lòng chọn tệp khác hoặc quét lại.' },
  'image-too-large': { retry: false, vi: 'Ảnh quá lớn. Vui lòng chọn ảnh dưới 40 triệu điểm ảnh và 50 MB.' },
  'file-unreadable': { retry: false, vi: 'Không đọc được tệp: tệp hỏng, sai dạng hoặc không có quyền đọc. Vui lòng kiểm tra hoặc chọn tệp khác.' },
  'file-too-large': { retry: false, vi: 'Tệp quá lớn. Vui lòng chia nhỏ tệp (mỗi bản quét dưới 30 MB và 500 trang).' },
  'folder-unreadable': { retry: false, vi: 'Không mở được thư mục này. Vui lòng kiểm tra đường dẫn và quyền đọc.' },
  'file-type-unknown': { retry: false, vi: 'Loại tệp này không được hỗ trợ. Vui lòng dùng PDF, JPEG, PNG hoặc TIFF.' },
  'camera-missing': { retry: true, vi: 'Không tìm thấy máy ảnh. Vui lòng kiểm tra dây cắm.' },
  'camera-gone': { retry: true, vi: 'Máy ảnh đã chọn bị rút ra. Vui lòng cắm lại, màn hình sẽ tự nhận; hoặc chọn máy ảnh khác.' },
  'camera-denied': { retry: true, vi: 'Máy ảnh bị chặn. Vui lòng bật quyền dùng máy ảnh trong phần riêng tư của hệ điều hành.' },
  'camera-busy': { retry: true, vi: 'Máy ảnh đang được chương trình khác dùng. Vui lòng đóng chương trình đó, màn hình sẽ tự nhận lại.' },
  'code-reader-broken': { retry: true, vi: 'Phần đọc mã của máy ảnh không chạy được. Vui lòng đóng rồi mở lại phần mềm; nếu còn lặp lại hãy gọi kỹ thuật viên.' },
  'camera-stalled': { retry: true, vi: 'Máy ảnh không gửi hình nữa. Vui lòng rút dây máy ảnh rồi cắm lại.' },
  'scanner-missing': { retry: true, vi: 'Không tìm thấy đầu đọc mã. Vui lòng kiểm tra dây cắm.' },
  // chip card
  'reader-service-missing': { retry: true, vi: 'Dịch vụ đầu đọc thẻ chưa chạy. Vui lòng gọi kỹ thuật viên bật dịch vụ này.' },
  'reader-missing': { retry: true, vi: 'Không tìm thấy đầu đọc thẻ. Vui lòng cắm đầu đọc thẻ chip.' },
  'reader-in-use': { retry: true, vi: 'Đầu đọc đang được chương trình khác dùng. Vui lòng đóng chương trình đó rồi đặt lại thẻ.' },
  'card-missing': { retry: true, vi: 'Chưa có thẻ. Vui lòng đặt thẻ lên đầu đọc.' },
  'card-removed': { retry: true, vi: 'Thẻ bị nhấc ra quá sớm. Vui lòng đặt lại thẻ và giữ yên.' },
  'card-mute': { retry: true, vi: 'Thẻ không trả lời. Vui lòng nhấc thẻ ra và đặt lại.' },
  'card-timeout': { retry: true, vi: 'Thẻ trả lời quá chậm. Vui lòng đặt lại thẻ.' },
  'card-not-identity': { retry: false, vi: 'Thẻ này không phải thẻ căn cước gắn chip. Vui lòng đặt thẻ căn cước lên đầu đọc.' },
  'card-not-trusted': { retry: false, vi: 'Chip của thẻ này không qua được kiểm tra nên không dùng để ra vào được. Vui lòng báo bảo vệ.' },
  'card-key-needed': { retry: true, vi: 'Cần mã QR trên thẻ hoặc 6 số cuối của số định danh để mở chip.' },
  'card-key-wrong': { retry: true, vi: 'Số đã nhập không mở được chip của thẻ này. Vui lòng kiểm tra rồi nhập lại.' },
  'card-blocked': { retry: false, vi: 'Chip đã khóa do thử sai nhiều lần. Vui lòng gặp cơ quan cấp thẻ.' },
  'card-protocol': { retry: true, vi: 'Chip trả lời sai chuẩn. Vui lòng đặt lại thẻ; nếu vẫn lỗi hãy báo cán bộ.' },
  'card-channel-broken': { retry: true, vi: 'Kênh bảo mật với chip bị hỏng. Vui lòng đặt lại thẻ.' },
  'card-file-missing': { retry: false, vi: 'Thẻ thiếu tệp dữ liệu bắt buộc. Vui lòng đối chiếu thẻ bằng mắt.' },
  'card-file-invalid': { retry: false, vi: 'Dữ liệu trong chip không đúng cấu trúc. Vui lòng đối chiếu thẻ bằng mắt.' },
  'trust-file-invalid': { retry: false, vi: 'Tệp không phải chứng thư CSCA, danh sách CSCA (master list) hay danh sách thu hồi (CRL). Vui lòng chọn tệp khác.' },
  'trust-file-too-large': { retry: false, vi: 'Tệp quá lớn. Tệp chứng thư, danh sách CSCA hoặc CRL được nhận đến 16 MB.' },
  'trust-list-forged': { retry: false, vi: 'Chữ ký của danh sách CSCA không đạt nên không nhập được. Vui lòng tải lại bản mới nhất từ nguồn chính thức.' },
  'trust-list-unchained': { retry: false, vi: 'Chưa xác nhận được ai ký danh sách CSCA này. Vui lòng đối chiếu nguồn của tệp và xác nhận trước khi nhập.' },
  'trust-preview-gone': { retry: false, vi: 'Kết quả kiểm tra tệp đã hết hạn. Vui lòng chọn lại tệp.' },
  'chip-not-trusted': { retry: false, vi: 'Chưa xác thực được chip. Vui lòng gặp cán bộ.' },
  'cancelled': { retry: true, vi: 'Đã hủy thao tác.' },
  // gate
  'worker-unknown': { retry: false, vi: 'Không có trong danh sách. Vui lòng gặp bảo vệ.' },
  'roster-row-invalid': { retry: false, vi: 'Dòng này chưa đúng, chưa được nhập.' },
  'roster-columns-missing': { retry: false, vi: 'Tệp thiếu cột bắt buộc: mã công nhân, họ và tên. Vui lòng thêm dòng tiêu đề có hai cột này.' },
  'roster-file-type': { retry: false, vi: 'Danh sách phải là tệp CSV hoặc XLSX. Vui lòng lưu lại tệp ở một trong hai dạng này.' },
  'file-encoding': { retry: false, vi: 'Tệp không ở bảng mã UTF-8 (có thể là Windows-1258, TCVN3 hoặc VNI). Vui lòng lưu lại dạng XLSX hoặc CSV UTF-8.' },
  'roster-duplicate': { retry: false, vi: 'Dòng này trùng mã hoặc trùng số với dòng khác. Vui lòng sửa trong tệp.' },
  'correction-own': { retry: false, vi: 'Người đề nghị không được tự duyệt. Vui lòng để một giám sát khác đăng nhập và duyệt.' },
  'correction-not-own': { retry: false, vi: 'Chỉ người đã đề nghị mới rút lại được. Người khác vui lòng chọn “Từ chối” và ghi lý do.' },
  'correction-decided': { retry: false, vi: 'Đề nghị này đã được người khác xử lý. Vui lòng tải lại danh sách.' },
  'correction-invalid': { retry: false, vi: 'Điều chỉnh chưa hợp lệ: giờ bổ sung phải gần ngày công, lượt bỏ phải có trong nhật ký và ca phải có trong danh sách. Vui lòng kiểm tra lại.' },
  'correction-reason': { retry: false, vi: 'Vui lòng chọn lý do trong danh sách; lý do này phải có ghi chú rõ.' },
  'card-uid-random': { retry: false, vi: 'Thẻ này đổi số mỗi lần chạm (số bắt đầu bằng 08, như thẻ căn cước và điện thoại) nên không dùng làm thẻ ra vào được. Vui lòng dùng thẻ có số cố định.' },
  'credential-taken': { retry: false, vi: 'Thẻ hoặc mã này đang của người khác. Vui lòng thu lại ở người đó trước, hoặc dùng thẻ khác.' },
  'card-withdrawn': { retry: false, vi: 'Thẻ này đã được báo mất, hỏng hoặc đã thay. Vui lòng dùng thẻ khác.' },
  'pin-wrong': { retry: true, vi: 'Mã công nhân hoặc mã PIN chưa đúng. Vui lòng nhập lại hoặc gặp bảo vệ.' },
  'pin-locked': { retry: false, vi: 'Nhập sai nhiều lần nên tạm khóa nhập mã. Vui lòng chờ hoặc gặp bảo vệ.' },
  'photo-invalid': { retry: false, vi: 'Ảnh phải là JPEG, PNG hoặc WebP, nhiều nhất 2 MB. Vui lòng chọn ảnh khác.' },
  'consent-outdated': { retry: true, vi: 'Bản nội dung đồng ý vừa thay đổi. Vui lòng đọc lại cùng người lao động rồi xác nhận.' },
  'worker-details-invalid': { retry: false, vi: 'Ngày kết thúc sớm hơn ngày bắt đầu, hoặc thiếu số giấy phép. Vui lòng kiểm tra lại.' },
  // counter
  'procedure-unknown': { retry: false, vi: 'Không có thủ tục này trong danh mục. Vui lòng chọn thủ tục khác.' },
  'dossier-step-not-allowed': { retry: false, vi: 'Hồ sơ đang ở bước không cho phép thao tác này. Vui lòng tải lại hồ sơ.' },
  'component-missing': { retry: false, vi: 'Còn thành phần hồ sơ chưa được ghi nhận. Vui lòng ghi nhận từng thành phần.' },
  'ask-again-reason-missing': { retry: false, vi: 'Giấy tờ này đã có trong kho. Muốn yêu cầu nộp lại phải ghi lý do.' },
  'identity-missing': { retry: false, vi: 'Chưa xác định người nhận. Vui lòng đọc thẻ hoặc mã QR.' },
  'authorisation-missing': { retry: false, vi: 'Người nhận không phải chủ hồ sơ. Vui lòng ghi giấy ủy quyền rồi trả kết quả.' },
  'reason-missing': { retry: false, vi: 'Bước này phải có lý do. Vui lòng ghi lý do.' },
  'purpose-missing': { retry: false, vi: 'Tra cứu phải gắn với mục đích. Vui lòng chọn mục đích tra cứu.' },
  'look-up-limit': { retry: true, vi: 'Đã vượt số lần tra cứu cho phép. Vui lòng chờ hoặc gặp quản trị.' },
  // hub and sync
  'hub-unreachable': { retry: true, vi: 'Không kết nối được máy chủ. Dữ liệu vẫn được giữ tại máy. Vui lòng kiểm tra địa chỉ và đường mạng.' },
  'hub-address': { retry: false, vi: 'Địa chỉ máy chủ chưa đúng. Vui lòng nhập địa chỉ bắt đầu bằng https://' },
  'hub-refused': { retry: false, vi: 'Máy chủ từ chối. Vui lòng báo quản trị tỉnh.' },
  'enrol-code-wrong': { retry: true, vi: 'Mã ghi danh sai hoặc đã hết hạn. Vui lòng xin mã mới.' },
  'device-unknown': { retry: false, vi: 'Máy chủ không nhận ra ki-ốt này. Vui lòng ghi danh lại.' },
  'device-revoked': { retry: false, vi: 'Ki-ốt đã bị thu hồi quyền kết nối. Vui lòng báo quản trị tỉnh.' },
  'signature-invalid': { retry: false, vi: 'Chữ ký của ki-ốt không hợp lệ. Vui lòng báo quản trị tỉnh.' },
  'batch-too-large': { retry: true, vi: 'Gói dữ liệu quá lớn; ki-ốt sẽ gửi lại theo phần nhỏ hơn.' },
  'chain-fork': { retry: false, vi: 'Chuỗi ghi nhận không khớp với máy chủ. Ki-ốt có thể đã bị sao chép hoặc khôi phục từ bản cũ. Không xóa dữ liệu trên ki-ốt; vui lòng báo quản trị tỉnh.' },
  'seq-gap': { retry: true, vi: 'Thiếu bản ghi ở giữa; ki-ốt sẽ gửi lại.' },
  'too-busy': { retry: true, vi: 'Máy chủ đang bận, ki-ốt sẽ gửi lại sau.' },
  'clock-off': { retry: true, vi: 'Đồng hồ của ki-ốt lệch so với máy chủ. Ki-ốt sẽ tự tính lại và gửi lại.' },
  'hub-failed': { retry: true, vi: 'Máy chủ gặp lỗi. Dữ liệu vẫn được giữ tại máy và sẽ gửi lại; nếu còn lặp lại hãy báo quản trị tỉnh.' },
  'blob-offset-wrong': { retry: true, vi: 'Bản quét được gửi không liền mạch; ki-ốt sẽ gửi tiếp từ chỗ dừng.' },
  'blob-hash-wrong': { retry: true, vi: 'Bản quét bị sai khi truyền; ki-ốt sẽ gửi lại.' },
  'page-expired': { retry: true, vi: 'Trang đã hết hạn. Vui lòng tải lại trang và thực hiện lại.' },
  'token-wrong': { retry: false, vi: 'Mã truy cập không hợp lệ hoặc đã hết hạn. Vui lòng xin mã mới.' },
  'dataset-unknown': { retry: false, vi: 'Không có bộ dữ liệu này. Vui lòng xem lại tên bộ dữ liệu.' },
  // gates of one site
  'site-part-invalid': { retry: false, vi: 'Dữ liệu của cổng kia bị hỏng hoặc không đúng nguồn nên không nhận. Vui lòng xuất lại từ cổng đó.' },
  'site-run-unproven': { retry: false, vi: 'Cổng kia chuyển dữ liệu mang tên cổng khác mà thiếu chữ ký, hoặc chữ ký không đúng. Phần đó được để riêng, không tính vào bảng công. Vui lòng lấy dữ liệu thẳng từ cổng đã ghi và báo kỹ thuật viên kiểm tra cổng kia.' },
  'site-form-older': { retry: false, vi: 'Cổng kia chạy phiên bản cũ, chưa ký dữ liệu chuyển hộ nên không nhận. Vui lòng cập nhật phần mềm ở cổng đó rồi lấy lại.' },
  'site-file-invalid': { retry: false, vi: 'Tệp liên cổng bị hỏng hoặc thiếu nên không nhận phần nào. Vui lòng chép lại tệp từ cổng đã xuất.' },
  'site-key-other': { retry: false, vi: 'Tệp này của khu khác, hoặc hai cổng chưa dùng chung khóa. Vui lòng ghép cổng bằng tệp khóa và mã một lần, hoặc ghi danh cùng đơn vị.' },
  'site-code-wrong': { retry: true, vi: 'Mã ghép cổng sai hoặc tệp khóa đã quá một ngày. Vui lòng kiểm tra mã, hoặc tạo tệp khóa mới.' },
  'site-has-hub': { retry: false, vi: 'Cổng này đã ghi danh với máy chủ: khóa chung do máy chủ cấp, không ghép bằng tệp.' },
  'gate-unreachable': { retry: true, vi: 'Không kết nối được cổng kia. Vui lòng kiểm tra địa chỉ và đường mạng nội bộ.' },
  'usage': { retry: false, vi: 'Sai cú pháp lệnh. Vui lòng xem motcua --help.' },
} as const satisfies Record<string, { retry: boolean; vi: string }>;

export type ProblemCode = keyof typeof problems;

/** What crosses a border when an expected failure happened; `detail` never holds personal data. */
export interface Problem {
  code: ProblemCode;
  retry: boolean;
  vi: string;
  detail?: string;
}

/** The plain form of a problem, ready for a screen, a message or a line of JSON. */
export function problem(code: ProblemCode, detail?: string): Problem {
  const { retry, vi } = problems[code];
  return detail === undefined ? { code, retry, vi } : { code, retry, vi, detail };
}

/** Thrown by our own code for an expected failure. Never carries personal data. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;

  constructor(code: ProblemCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.name = 'ProblemError';
    this.code = code;
    this.detail = detail;
  }

  toProblem(): Problem {
    return problem(this.code, this.detail);
  }
}

/** Detail of a problem that time alone solves: whole minutes, at least one. @param ms milliseconds left */
export function waitDetail(ms: number): string {
  return `wait ${Math.max(1, Math.ceil(ms / 60_000))} min`;
}

/** The minutes in a detail of `waitDetail`; null for every other. */
export function waitMinutes({ detail }: Problem): number | null {
  const found = /^wait (\d{1,5}) min$/.exec(detail ?? '');
  return found === null ? null : Number(found[1]);
}

/** True for the code of an expected failure. */
export function isProblemCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && Object.hasOwn(problems, value);
}
