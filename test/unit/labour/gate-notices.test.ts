import { expect, it } from 'vitest';
import { GateNotice } from '../../../shared/contracts/requests/gate.ts';
import { noticeText } from '../../../renderer/texts/gate-notices.ts';

const some: Record<GateNotice['kind'], GateNotice> = {
  'overtime-left': { kind: 'overtime-left', period: 'month', minutes: 120 }, 'rest-short': { kind: 'rest-short', minutes: 605 },
  'permit-expires': { kind: 'permit-expires', date: '2026-12-01', what: 'permit' }, 'permit-elsewhere': { kind: 'permit-elsewhere', provinces: ['Ninh Bình'] },
  'night-forbidden': { kind: 'night-forbidden' }, 'overtime-forbidden': { kind: 'overtime-forbidden' }, visitor: { kind: 'visitor', host: 'Anh Dũng' },
};

const languages = ['vi', 'en', 'zh', 'ko', 'ja'] as const;

it('every notice has a sentence of its own in each language, but the two of forbidden work and the two of permits', () => {
  expect(Object.keys(some).sort()).toEqual(GateNotice.options.map(({ shape }) => shape.kind.value).sort());
  const told = Object.values(some).filter(({ kind }) => kind !== 'overtime-forbidden' && kind !== 'permit-elsewhere').flatMap((notice) => languages.map((language) => noticeText(notice, language)));
  expect(new Set(told).size).toBe(told.length);
  expect(Math.max(...told.map((text) => text.length))).toBeLessThan(70);
});

it('tells bystanders neither which work is forbidden nor that any is', () => {
  for (const language of languages) expect(noticeText(some['night-forbidden'], language)).toBe(noticeText(some['overtime-forbidden'], language));
  expect(noticeText(some['night-forbidden'], 'vi')).toBe('Vui lòng gặp quản lý về giờ làm.');
});

it('tells bystanders neither which paper runs out, nor when, nor for which place it is', () => {
  for (const language of languages) {
    const told = (['permit', 'passport', 'contract'] as const).map((what) => noticeText({ kind: 'permit-expires', date: '2026-11-21', what }, language));
    expect(new Set([...told, noticeText(some['permit-elsewhere'], language)]).size).toBe(1);
    expect(told[0]).not.toMatch(/\d/);
  }
  expect(noticeText(some['permit-expires'], 'vi')).toBe('Vui lòng gặp phòng nhân sự.');
});

it('says hours and minutes as short as they are', () => {
  const left = (minutes: number) => noticeText({ kind: 'overtime-left', period: 'month', minutes }, 'vi');
  expect([left(120), left(45), left(150), left(0)]).toEqual([
    'Còn 2 giờ làm thêm trong tháng', 'Còn 45 phút làm thêm trong tháng', 'Còn 2 giờ 30 phút làm thêm trong tháng', 'Đã hết giờ làm thêm trong tháng']);
  expect(noticeText({ kind: 'rest-short', minutes: 605 }, 'ja')).toBe('前の勤務からの休息は10時間5分です。12時間必要です');
});
