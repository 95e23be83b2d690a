import { z } from 'zod';
import type { ReportForm } from '../../shared/domain/report-catalogue.ts';
import { addDays, dateText } from '../../shared/domain/work-date.ts';
import { absentDays as usualAbsentDays } from '../store/mobility.ts';
import { pictureBreakdowns, type Picture, type PictureAsk, type PictureBreakdown } from '../store/mobility-picture.ts';
import { numberText, whenText } from './words.ts';

const [usualDays, mostDays] = [14, 100];
const text = z.string().max(300).transform((value) => value.trim() || null).nullable().catch(null).default(null);
const date = z.iso.date().nullable().catch(null).default(null);
const Query = z.object({
  from: date, to: date, unit: text, zone: text, employer: text, by: z.enum(pictureBreakdowns).catch('employer').default('employer'),
  absentDays: z.coerce.number().int().min(1).max(60).catch(usualAbsentDays).default(usualAbsentDays),
});

export const breakdownText: Readonly<Record<PictureBreakdown, string>> = {
  employer: 'Doanh nghiệp', zone: 'Khu công nghiệp', commune: 'Xã, phường cư trú', province: 'Tỉnh, thành phố cư trú',
};

/** What the page is asked for; the last two weeks where the dates are not told well. @param today `YYYY-MM-DD` */
export function pictureAsk(query: unknown, today: string): PictureAsk {
  const { from, to, ...rest } = Query.parse(typeof query === 'object' ? query : {});
  const last = to ?? today;
  const first = from !== null && from <= last && from > addDays(last, -mostDays) ? from : addDays(last, 1 - usualDays);
  return { ...rest, from: first, to: last };
}

/** The same question as the query of an address. */
export function askQuery({ from, to, by, absentDays, zone, unit, employer }: PictureAsk): string {
  return new URLSearchParams({ from, to, by, absentDays: String(absentDays), ...(zone !== null && { zone }), ...(unit !== null && { unit }), ...(employer !== null && { employer }) }).toString();
}

export const fileName = ({ from, to, by }: PictureAsk): string => `bien-dong-lao-dong_${by}_${from}_${to}.xlsx`;

/** What stands below the title: of what and when, and by which law or whose layout. */
export function subtitleOf({ ask, form, units }: Pick<Picture, 'ask' | 'form' | 'units'>, madeAt: Date): string[] {
  const unit = units.find(({ code }) => code === ask.unit);
  return [
    `Từ ngày ${dateText(ask.from)} đến ngày ${dateText(ask.to)}, theo ${breakdownText[ask.by].toLowerCase()}`,
    ...(ask.zone === null ? [] : [`Khu công nghiệp: ${ask.zone}`]), ...(unit === undefined ? [] : [`Đơn vị: ${unit.name}`]), ...(ask.employer === null ? [] : [`Doanh nghiệp: ${ask.employer}`]),
    basisText(form), `Lập lúc ${whenText(madeAt.toISOString())}`,
  ];
}

function basisText({ legalBasis, source, effectiveFrom, layoutVersion }: ReportForm): string {
  const basis = legalBasis === null ? 'Căn cứ: chưa có văn bản quy định mẫu riêng' : `Căn cứ: ${legalBasis}`;
  return `${basis}${source === null ? '' : `; ${source.toLowerCase()}`}, bản ${numberText(layoutVersion)}, áp dụng từ ngày ${dateText(effectiveFrom)}`;
}
