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
  locked: (name: string) => `Phiên làm việc của ${name} đã khóa. Công việc đang làm dở được giữ đến khi ${name} đăng nhập lại; người khác đăng nhập thì phần này bị bỏ.`,
  change: {
    title: 'Đổi mã PIN hoặc mật khẩu',
    old: 'Mã đang dùng', fresh: 'Mã mới', again: 'Nhập lại mã mới',
    hint: 'Mã PIN 6–12 chữ số hoặc mật khẩu từ 8 ký tự.',
    different: 'Hai lần nhập chưa giống nhau.',
    same: 'Mã mới phải khác mã đang dùng.',
    go: 'Đổi mã',
    wrong: 'Mã đang dùng chưa đúng. Vui lòng nhập lại.',
    done: 'Đã đổi mã. Lần đăng nhập sau dùng mã mới.',
  },
} as const;
