import sharp from 'sharp';

/** A scanned page as a document scanner would give it: A4 at 100 dpi, drawn, with a line of text. */
export async function drawPaper(title: string, line: string): Promise<Buffer> {
  const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const rows = Array.from({ length: 18 }, (_, i) => `<rect x="100" y="${420 + i * 32}" width="${560 - ((i * 67) % 220)}" height="9" fill="#888"/>`).join('');
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="827" height="1169"><rect width="100%" height="100%" fill="#fbfaf6"/>
    <text x="413" y="120" font-family="DejaVu Sans" font-size="22" text-anchor="middle">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</text>
    <text x="413" y="152" font-family="DejaVu Sans" font-size="18" text-anchor="middle">Độc lập - Tự do - Hạnh phúc</text>
    <text x="413" y="270" font-family="DejaVu Sans" font-size="30" font-weight="bold" text-anchor="middle">${escape(title)}</text>
    <text x="100" y="360" font-family="DejaVu Sans" font-size="20">${escape(line)}</text>${rows}
    <circle cx="620" cy="1000" r="75" fill="none" stroke="#c23a3a" stroke-width="8"/></svg>`)).jpeg({ quality: 82 }).toBuffer();
}
