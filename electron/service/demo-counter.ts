import fontkit, { type Font } from '@cantoo/fontkit';
import { PDFDocument } from '@cantoo/pdf-lib';
import { readFile } from 'node:fs/promises';
import type { CitizenFields, HeldPaper, Procedure } from '../../shared/contracts/dossier.ts';
import type { BlobRef } from '../../shared/contracts/event.ts';
import { demoCitizens, type DemoCitizen } from '../../shared/domain/demo-citizens.ts';
import { proposeOrigins } from '../../shared/domain/re-use.ts';
import { localMoment } from '../../shared/domain/working-calendar.ts';
import { appendEvent, findCitizen, papersOf, readProcedures, saveCitizen, savePaper, sha256, uuidV7, type Store } from '../store/index.ts';
import type { ServiceContext } from './context.ts';
import { receiveDossier, type Officer } from './counter/dossier-intake.ts';
import { advanceDossier, digitiseResult, handOverResult } from './counter/dossier-steps.ts';
import { Sheet } from './pdf-sheet.ts';
import { resourceFile } from './resource-file.ts';
import { keepScan } from './counter/scan-store.ts';

/** How far each demo dossier has got. */
const stories: readonly { citizen: number; procedure: string; until: 'received' | 'in-progress' | 'supplement-requested' | 'resolved' | 'handed-over' }[] = [
  { citizen: 1, procedure: 'Đăng ký kết hôn', until: 'handed-over' },
  { citizen: 2, procedure: 'Đổi, cấp lại giấy phép lái xe', until: 'supplement-requested' },
  { citizen: 3, procedure: 'Đăng ký tạm trú', until: 'in-progress' },
  { citizen: 4, procedure: 'Đăng ký khai sinh', until: 'resolved' },
  { citizen: 0, procedure: 'Cấp điện mới', until: 'received' },
];

/**
 * Fills the counter with invented citizens, papers already held (each with a scan that says what it is) and dossiers in
 * different states. Done twice it is done once. After the set-up: it needs the unit.
 */
export async function seedCounterDemo(context: ServiceContext, officer: Officer): Promise<void> {
  const { store } = context;
  const today = localMoment(store.clock.now()).date;
  const of = demoCitizens.length + stories.length;
  let done = 0;
  const step = (): void => context.emit('roster/progress', { done: done += 1, of, what: 'dossiers' });
  const write = await scanWriter();
  const scan = async (name: string, fullName: string): Promise<BlobRef> => {
    const { sha256: hash, size, mime } = await keepScan(context, await write(name, fullName), 'file', officer.userId, { mime: 'application/pdf', pages: 1 });
    return { sha256: hash, size, mime };
  };
  for (const citizen of demoCitizens) {
    if (findCitizen(store, citizen.personalId) === null) {
      const papers: HeldPaper[] = [];
      for (const [n, paper] of citizen.papers.entries()) {
        papers.push({ ...paper, paperId: sha256(`demo ${citizen.personalId} ${n}`).slice(0, 32), blobs: [await scan(paper.name, citizen.fullName)] });
      }
      store.transaction(() => holdPapers(store, citizen, papers, officer));
    }
    step();
  }
  if (store.sql<[], { n: number }>('select count(*) as n from dossier').get()!.n > 0) return;
  for (const { citizen, procedure: name, until } of stories) {
    const procedure = readProcedures(store, today).find((one) => one.name === name);
    if (procedure !== undefined) await playStory(context, officer, demoCitizens[citizen]!, procedure, until, { today, scan });
    step();
  }
}

function holdPapers(store: Store, citizen: DemoCitizen, papers: readonly HeldPaper[], officer: Officer): void {
  const citizenNo = saveCitizen(store, citizen.personalId, fieldsOf(citizen, 'store'), new Date(store.clock.now()).toISOString());
  for (const paper of papers) {
    const { blobs, ...facts } = paper;
    appendEvent(store, { type: 'paper-held', actor: officer.userId, purpose: 'intake', payload: { ...facts, demo: true }, blobs });
    savePaper(store, citizenNo, paper, null);
  }
}

function fieldsOf(citizen: DemoCitizen, source: 'store' | 'qr'): CitizenFields {
  const { personalId, fullName, birthDate, sex, residence, phone } = citizen;
  const trust = source === 'store' ? 'stored' : 'claimed';
  const known = { personalId, fullName, birthDate, sex, residence, ...(phone === null ? {} : { phone }) };
  return Object.fromEntries(Object.entries(known).map(([name, value]) => [name, { value, source, trust, edited: false }]));
}

async function playStory(context: ServiceContext, officer: Officer, citizen: DemoCitizen, procedure: Procedure, until: (typeof stories)[number]['until'], { today, scan }: {
  today: string; scan: (name: string, fullName: string) => Promise<BlobRef>;
}): Promise<void> {
  const { store } = context;
  const dossierId = uuidV7(store.clock.now());
  const held = papersOf(store, findCitizen(store, citizen.personalId)!.citizenNo);
  const unit = context.kiosk().unit;
  const citizenFields = fieldsOf(citizen, 'qr');
  receiveDossier(store, {
    dossierId, procedureCode: procedure.code, citizen: citizenFields, copies: 1, note: null,
    components: proposeOrigins(procedure, held, today, true).map(({ componentId, origin, paper }) => (
      { componentId, origin, copies: 1, paperId: paper?.paperId ?? null, askAgainReason: null, scans: [] })),
  }, { officer, unitCode: unit.code, citizen: citizenFields });
  if (until === 'received') return;
  advanceDossier(store, { dossierId, to: 'in-progress', note: null }, officer);
  if (until === 'supplement-requested') advanceDossier(store, { dossierId, to: until, note: 'Thiếu giấy khám sức khỏe còn hiệu lực' }, officer);
  if (until !== 'resolved' && until !== 'handed-over') return;
  const result = await scan(procedure.resultName, citizen.fullName);
  digitiseResult(store, { dossierId, number: `${Number(procedure.code.slice(-2))}/KQ-MAU`, issuedOn: today, signer: 'Hoàng Văn Mẫu', scans: [result.sha256] }, officer, unit.name);
  if (until === 'resolved') return;
  handOverResult(store, { dossierId, receiver: { fullName: citizen.fullName, personalId: citizen.personalId, source: 'qr' }, authorisation: null }, officer, true);
}

/** Writes pages that say what they stand for, as scans of the demo. The typefaces are taken apart once: that is most of the work. */
async function scanWriter(): Promise<(name: string, fullName: string) => Promise<Uint8Array>> {
  const load = async (style: string) => {
    const bytes = await readFile(resourceFile('fonts', `NotoSerif-${style}.ttf`));
    const font = fontkit.create(bytes);
    if ('fonts' in font) throw new Error('one typeface a file');
    return { bytes, font };
  };
  const [regular, bold] = [await load('Regular'), await load('Bold')];
  return (name, fullName) => drawScan(name, fullName, regular, bold);
}

interface Typeface { bytes: Uint8Array; font: Font }

async function drawScan(name: string, fullName: string, regular: Typeface, bold: Typeface): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit({ ...fontkit, create: (bytes) => (bytes === bold.bytes ? bold.font : regular.font) });
  const plain = await pdf.embedFont(regular.bytes, { subset: true });
  const fonts = { regular: plain, bold: await pdf.embedFont(bold.bytes, { subset: true }), italic: plain };
  const sheet = new Sheet(pdf, fonts, () => 'Bản quét của dữ liệu dùng thử – không có giá trị');
  sheet.gap(120);
  sheet.centred(name.toUpperCase(), 14, 'bold');
  sheet.gap(12);
  sheet.centred(fullName, 12, 'regular');
  sheet.gap(24);
  sheet.centred('Dữ liệu dùng thử, người và giấy tờ đều là tưởng tượng', 9, 'regular');
  sheet.end();
  const day = new Date('2026-01-01T00:00:00Z');
  pdf.setCreationDate(day);
  pdf.setModificationDate(day);
  return pdf.save();
}
