import { expect, it } from 'vitest';
import { LocalDate } from '../../shared/contracts/identity.ts';
import { addDays } from '../../shared/domain/work-date.ts';

it.each(['0000-01-01', '0000-12-31', '2026-13-01', '2026-00-10', '2026-01-32', '26-01-01', '+010000-01-01'])('aTextFromWhichDaysCannotBeCounted_%s_isNoDate', (text) => {
  expect(LocalDate.safeParse(text).success).toBe(false);
});

it.each(['0001-01-01', '1970-01-01', '9998-12-31'])('theYearBeforeAndAfter_%s_canBeReckonedTwice', (date) => {
  expect(LocalDate.parse(date)).toBe(date);
  expect(addDays(addDays(date, -300), 300)).toBe(date);
});
