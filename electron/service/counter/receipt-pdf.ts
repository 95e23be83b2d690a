import { readFile } from 'node:fs/promises';
import fontkit from '@cantoo/fontkit';
import { PDFDocument } from '@cantoo/pdf-lib';
import QRCode from 'qrcode';
import { z } from 'zod';
import formTexts from '../../../resources/catalogue/form-texts.json' with { type: 'json' };
import { ComponentOrigin, type Dossier, type Procedure } from '../../../shared/contracts/dossier.ts';
import { LocalDate } from '../../../shared/contracts/identity.ts';
import { isPaper } from '../../../shared/domain/re-use.ts';
import { localMoment } from '../../../shared/domain/working-calendar.ts';
import { mm, Sheet, type Fonts } from '../pdf-sheet.ts';
import { resourceFile } from '../resource-file.ts';

const Form = z.object({
  form: z.string(), title: z.string(), legalBasis: z.string(), verified: z.boolean(), effectiveFrom: LocalDate, unverifiedMark: z.string(),
  nation: z.string(), motto: z.string(), copies: z.array(z.string()).length(2),
  labels: z.record(z.string(), z.string()), origins: z.record(ComponentOrigin, z.string()),
});
type Form = z.infer<typeof Form>;

export interface ReceiptInput {
  unitName: string;
  dossier: Dossier;
  term: Procedure['term'];
  note: string | null;
  /** Text of the QR: the code and a check, nothing about the person. */
  qrText: string;
}

/** The version of form 01 in force on a day (ISO). */
export function receiptForm(today: string): Form {
  const forms = z.array(Form).parse(formTexts.forms).filter(({ form, effectiveFrom }) => form === 'receipt-slip' && effectiveFrom <= today);
  const newest = forms.toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom)).at(-1);
  if (newest === undefined) throw new Error('no form 01 is in force');
  return newest;
}

/**
 * Form 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Thông tư 03/2025/TT-VPCP), as a PDF of A5 pages: first the copy that
 * stays, then the citizen's; each goes on to further pages where it is long. QR top left of its first page.
 */
export async function receiptPdf(input: ReceiptInput): Promise<Uint8Array<ArrayBuffer>> {
  const { dossier } = input;
  const form = receiptForm(localMoment(dossier.receivedAt).date);
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const embed = async (name: string) => pdf.embedFont(await readFile(resourceFile('fonts', `NotoSerif-${name}.ttf`)), { subset: true });
  const fonts: Fonts = { regular: await embed('Regular'), bold: await embed('Bold'), italic: await embed('Italic') };
  pdf.setTitle(`${form.title} ${dossier.dossierCode}`);
  pdf.setLanguage('vi-VN');
  pdf.setCreationDate(new Date(dossier.receivedAt));
  pdf.setModificationDate(new Date(dossier.receivedAt));
  const qr = QRCode.create(input.qrText, { errorCorrectionLevel: 'M' }).modules;
  for (const copy of form.copies) drawCopy(new Sheet(pdf, fonts, footer(form, dossier.dossierCode)), form, copy, input, qr);
  return Uint8Array.from(await pdf.save());
}

function footer({ verified, unverifiedMark, legalBasis, labels }: Form, code: string): (page: number) => string {
  return (page) => `${legalBasis}${verified ? '' : ` – ${unverifiedMark.toLowerCase()}`} – ${code} – ${labels.page} ${page}`;
}

function drawCopy(sheet: Sheet, form: Form, copy: string, { unitName, dossier, term, note }: ReceiptInput, qr: { size: number; data: Uint8Array }): void {
  const { labels } = form;
  const value = (name: 'fullName' | 'personalId' | 'residence' | 'phone' | 'email'): string => dossier.citizen[name]?.value ?? '';
  sheet.qr(qr, mm(24));
  sheet.head([unitName.toUpperCase(), `${labels.number}: ${dossier.dossierCode}`], [form.nation, form.motto], mm(24));
  sheet.centred(form.title, 12, 'bold');
  sheet.centred(`${labels.code}: ${dossier.dossierCode}`, 10.5, 'bold');
  sheet.centred(`${copy}${form.verified ? '' : ` (${form.unverifiedMark})`}`, 8.5, 'italic');
  sheet.gap(3);
  sheet.field(labels.from!, value('fullName'), 'bold');
  sheet.field(labels.personalId!, value('personalId'));
  sheet.field(labels.address!, value('residence'));
  sheet.field(labels.phone!, [value('phone') || '…………', value('email') === '' ? null : `${labels.email}: ${value('email')}`].filter((part) => part !== null).join('   '));
  sheet.field(labels.request!, dossier.procedureName);
  sheet.field(labels.components!, '');
  dossier.components.filter(({ origin }) => origin !== 'not-provided').forEach(({ name, origin, copies }, at) => {
    sheet.item(`${at + 1}.`, `${name} (${isPaper(origin) && copies > 1 ? `${copies} ` : ''}${form.origins[origin]})`);
  });
  sheet.field(labels.copies!, `${dossier.copies} ${labels.copiesUnit}`);
  sheet.field(labels.term!, sayTerm(term, labels));
  sheet.field(labels.receivedAt!, sayMoment(dossier.receivedAt));
  sheet.field(labels.dueAt!, dossier.due === null ? labels.noDue! : sayMoment(dossier.due.dueAt), 'bold');
  if (dossier.due !== null) sheet.small(`${labels.how}: ${dossier.due.explanation.join('; ')}`);
  sheet.field(labels.place!, unitName);
  sheet.field(labels.ledger!, dossier.dossierCode.split('-').at(-1) ?? '');
  if (note !== null && note.trim() !== '') sheet.field(labels.note!, note);
  sheet.signatures(
    [labels.applicant!, labels.signHint!, value('fullName')],
    [labels.officer!, labels.signHint!, dossier.officer]);
  sheet.end();
}

function sayTerm(term: Procedure['term'], labels: Form['labels']): string {
  if (term === null) return labels.noTerm!;
  if (term.firstDayCounts === true && term.amount === 1) return labels.sameDay!;
  return `${String(term.amount).replace('.', ',')} ${term.unit === 'working-day' ? 'ngày' : 'giờ'} làm việc`;
}

/** `15 giờ 20 phút, ngày 22 tháng 11 năm 2026`, local time. */
function sayMoment(instant: string): string {
  const { date, minute } = localMoment(instant);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))} giờ ${two(minute % 60)} phút, ngày ${date.slice(8, 10)} tháng ${date.slice(5, 7)} năm ${date.slice(0, 4)}`;
}
