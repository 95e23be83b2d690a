/** The MIME type of an Excel file. */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const types = { xlsx: xlsxType, pdf: 'application/pdf', sealed: 'application/octet-stream' } as const;

/** Offers bytes as a file to save: the kiosk asks where. */
export function saveFile(fileName: string, content: Uint8Array, kind: keyof typeof types): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(content)], { type: types[kind] }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download begins after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
