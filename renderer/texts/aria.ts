/**
 * What React Aria says by itself to those who hear the screen; it has no Vietnamese of its own. A part of it that is
 * used here but not listed throws when it is first rendered: add its texts then.
 */
export const aria = {
  '@react-aria/combobox': {
    focusAnnouncement: ({ optionText, isSelected }: Record<string, unknown>) => isSelected === true ? `${String(optionText)}, đang chọn` : String(optionText),
    countAnnouncement: ({ optionCount }: Record<string, unknown>) => `Có ${String(optionCount)} lựa chọn.`,
    selectedAnnouncement: ({ optionText }: Record<string, unknown>) => `Đã chọn ${String(optionText)}`,
    buttonLabel: 'Hiện các lựa chọn',
    listboxLabel: 'Các lựa chọn',
  },
  '@react-aria/overlays': { dismiss: 'Đóng' },
  '@react-aria/menu': { longPressMessage: 'Giữ lâu hoặc bấm Alt và mũi tên xuống để mở' },
  '@react-aria/searchfield': { 'Clear search': 'Xóa ô tìm' },
  '@react-aria/spinbutton': { Empty: 'Trống' },
  'react-aria-components': { selectPlaceholder: 'Chọn…', tableResizer: 'Đổi độ rộng cột', dropzoneLabel: 'Vùng thả tệp', colorSwatchPicker: 'Bảng màu' },
} as const;
