/** Texts of the log-in. */
export const login = {
  title: 'Đăng nhập',
  who: 'Chọn tên của bạn',
  secret: 'Mã PIN hoặc mật khẩu',
  secretHint: 'Gõ bàn phím hoặc bấm số trên màn hình',
  enter: 'Đăng nhập',
  other: 'Chọn tên khác',
  nobodyTitle: 'Chưa có tài khoản phù hợp',
  nobody: 'Quản trị ki-ốt tạo tài khoản tại mục Cài đặt trước khi đăng nhập.',
  locked: 'Phiên làm việc đã khóa. Công việc đang làm dở vẫn được giữ.',
} as const;
