import { problems, ProblemError } from '../../../shared/contracts/problems.ts';
import type { CardProbe, ReaderKind, ReaderShape, ReaderTest } from '../../../shared/contracts/requests/reader.ts';
import { readerKind, readerShape } from '../../../shared/domain/card-reader.ts';
import type { CardReaders } from '../../devices/card-readers.ts';
import { probeCard } from './card-probe.ts';

const shapes: Record<ReaderShape, string> = { contact: 'loại cắm thẻ', contactless: 'loại chạm', unknown: 'chưa rõ loại chạm hay cắm thẻ' };
const kinds: Record<ReaderKind, string | null> = {
  reader: null, fixed: 'khe SIM, SAM hoặc USB ký số', simulated: 'đầu đọc giả lập', invented: 'đầu đọc ảo của hệ điều hành',
};
const layCard: Record<ReaderShape, string> = {
  contact: 'Cắm thẻ vào khe, đầu có chip vào trước, mặt có chip hướng lên, rồi kiểm tra lại.',
  contactless: 'Đặt thẻ sát mặt đầu đọc, giữ yên, rồi kiểm tra lại.',
  unknown: 'Đặt thẻ lên đầu đọc, hoặc cắm đầu có chip vào khe, rồi kiểm tra lại.',
};

/**
 * Tests each reader: what it is, whether a card lies there, and what that card answers without a key. Personal data is
 * neither asked for nor read. Readers that no citizen's card is laid on are named and left alone.
 */
export async function testReaders(cards: CardReaders): Promise<{ service: boolean; readers: ReaderTest[] }> {
  const { service, readers } = await cards.probe();
  const tests: ReaderTest[] = [];
  for (const { name, cardPresent } of readers) {
    const [kind, shape] = [readerKind(name), readerShape(name)];
    const isAsked = cardPresent && (kind === 'reader' || kind === 'simulated');
    const { probe, problem } = isAsked ? await probeOn(cards, name) : { probe: null, problem: null };
    const isQuiet = kind === 'fixed' || kind === 'invented';
    const found = { name, kind, shape, card: cardPresent, probe, problem: problem?.code ?? null };
    tests.push({ ...found, ...(isQuiet ? quiet(kind) : said(found, problem)) });
  }
  return { service, readers: tests };
}

type Found = Omit<ReaderTest, 'state' | 'detail' | 'do'>;
type Said = Pick<ReaderTest, 'state' | 'detail' | 'do'>;

async function probeOn(cards: CardReaders, reader: string): Promise<{ probe: CardProbe | null; problem: ProblemError | null }> {
  try {
    return { probe: await cards.withCard({ reader, timeoutMs: 0 }, (card, _name, answerToReset) => probeCard(card, answerToReset)), problem: null };
  } catch (error) {
    if (error instanceof ProblemError) return { probe: null, problem: error };
    throw error;
  }
}

function quiet(kind: ReaderKind): Said {
  return { state: 'ok', detail: kinds[kind] ?? '', do: null };
}

function said({ kind, shape, card, probe }: Found, problem: ProblemError | null): Said {
  const what = [kinds[kind], kind === 'simulated' ? null : shapes[shape]].filter((part) => part !== null);
  const tell = (state: Said['state'], more: string, advice: string | null): Said => ({ state, detail: [...what, more].join('; '), do: advice });
  if (!card) return tell('ok', 'chưa có thẻ', layCard[shape]);
  if (problem !== null) return tell('warn', `thẻ không trả lời (${problem.code})`, problems[problem.code].vi);
  if (probe === null) return tell('ok', 'có thẻ', null);
  if (probe.kind === 'bank') return tell('warn', 'có thẻ ngân hàng', 'Nhấc thẻ ngân hàng ra, đặt thẻ căn cước lên.');
  if (probe.kind === 'storage') return tell('warn', 'có thẻ xe buýt hoặc thẻ ra vào', 'Nhấc thẻ này ra, đặt thẻ căn cước lên.');
  if (probe.kind === 'unknown') return tell('warn', 'có thẻ nhưng không phải thẻ căn cước gắn chip', 'Nhấc thẻ này ra, đặt thẻ căn cước lên.');
  const opened = [probe.pace ? 'PACE' : null, probe.bac ? 'BAC' : null].filter((part) => part !== null);
  if (opened.length === 0) return tell('warn', 'thẻ căn cước trả lời nhưng không cho biết cách mở', 'Nhấc thẻ ra, đặt lại; nếu vẫn vậy hãy thử thẻ khác.');
  const length = probe.extendedLength === null ? 'chưa rõ có đọc nhanh được không' : probe.extendedLength ? 'đọc nhanh được (lệnh dài)' : 'chỉ đọc từng đoạn ngắn';
  return tell('ok', `thẻ căn cước hoặc hộ chiếu trả lời; mở bằng ${opened.join(' hoặc ')}; ${length}`,
    probe.extendedLength === false ? 'Đọc được nhưng chậm hơn: cập nhật trình điều khiển, hoặc dùng đầu đọc hỗ trợ lệnh dài (extended APDU).' : null);
}
