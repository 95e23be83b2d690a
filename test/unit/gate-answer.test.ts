import { expect, it } from 'vitest';
import { gate } from '../../renderer/texts/gate.ts';
import { answerKind } from '../../renderer/views/gate/answer-kind.ts';

it.each(['recorded', 'repeat'] as const)('at an assembly point (%s) a person is told that he is counted there, in no language of a shift or of going on', (outcome) => {
  const kind = answerKind({ outcome, direction: null, reason: 'muster' });
  expect([gate.answer[kind.text].word, gate.answer[kind.text].help, kind.sound]).toEqual(['CÓ MẶT', '', 'passed']);
  const told = gate.greeting[kind.greeting];
  expect(told.vi).toBe('Đã điểm danh tại điểm tập kết. Vui lòng ở lại đây.');
  const ofShifts: string[] = [gate.greeting.in, gate.greeting.out, gate.greeting.goOn].flatMap((one) => Object.values(one));
  expect(Object.values(told).filter((sentence) => ofShifts.includes(sentence))).toEqual([]);
});

it.each([['in', 'VÀO CA'], ['out', 'RA CA']] as const)('a way %s is greeted as ever', (direction, word) => {
  expect(gate.answer[answerKind({ outcome: 'recorded', direction, reason: 'lane' }).text].word).toBe(word);
});
