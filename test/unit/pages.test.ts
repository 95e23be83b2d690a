import { describe, expect, it } from 'vitest';
import { problem } from '../../shared/contracts/problems.ts';
import { Pages, type Part, type Shown } from '../../renderer/views/admin/pages.ts';

interface Answer { rows: string[]; total: number }

/** Pages whose questions are answered by hand: each with what was asked. */
function byHand() {
  const questions: { asked: string; part: Part; answer: (answer: Answer) => Promise<void>; fail: () => Promise<void> }[] = [];
  let shown: Shown<string, Answer> | null = null;
  // What hangs on an answer runs in later microtasks.
  const settled = (): Promise<void> => new Promise<void>((done) => { setImmediate(done); });
  const pages = new Pages<string, Answer>((asked, part) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    questions.push({ asked, part, answer: (answer) => { resolve(answer); return settled(); }, fail: () => { reject(problem('too-busy')); return settled(); } });
    return promise;
  }, (now) => { shown = now; });
  return { pages, questions, shown: () => shown };
}

describe('a list that comes page by page', () => {
  it('shows the first page, then the next ones behind it, until all are there', async () => {
    const { pages, questions, shown } = byHand();
    pages.load('a', true);
    expect([questions[0]!.part.offset, questions[0]!.part.fresh, shown()!.busy]).toEqual([0, true, true]);
    await questions[0]!.answer({ rows: ['1', '2'], total: 3 });
    expect(shown()).toMatchObject({ held: 'a', page: { rows: ['1', '2'] }, busy: false, problem: null });
    pages.more();
    expect([questions[1]!.part.offset, questions[1]!.part.fresh]).toEqual([2, false]);
    await questions[1]!.answer({ rows: ['3'], total: 3 });
    expect(shown()!.page!.rows).toEqual(['1', '2', '3']);
    pages.more();
    expect(questions).toHaveLength(2);
  });

  it('asks for a page once, however often its end comes into sight', async () => {
    const { pages, questions } = byHand();
    pages.load('a', false);
    pages.more();
    await questions[0]!.answer({ rows: ['1'], total: 3 });
    pages.more();
    pages.more();
    expect(questions).toHaveLength(2);
  });

  it('drops an answer that a later question has overtaken', async () => {
    const { pages, questions, shown } = byHand();
    pages.load('a', false);
    pages.load('b', false);
    await questions[1]!.answer({ rows: ['b'], total: 1 });
    await questions[0]!.answer({ rows: ['a'], total: 1 });
    expect(shown()).toMatchObject({ held: 'b', page: { rows: ['b'] } });
  });

  it('drops a further page that belongs to the list before', async () => {
    const { pages, questions, shown } = byHand();
    pages.load('a', false);
    await questions[0]!.answer({ rows: ['a1'], total: 9 });
    pages.more();
    pages.load('b', false);
    await questions[2]!.answer({ rows: ['b1'], total: 9 });
    await questions[1]!.answer({ rows: ['a2'], total: 9 });
    expect(shown()!.page!.rows).toEqual(['b1']);
    pages.more();
    expect(questions[3]).toMatchObject({ asked: 'b', part: { offset: 1 } });
  });

  it('is not busy after a failure, and still says whose rows it holds', async () => {
    const { pages, questions, shown } = byHand();
    pages.load('a', false);
    await questions[0]!.answer({ rows: ['a'], total: 9 });
    pages.load('b', false);
    await questions[1]!.fail();
    expect(shown()).toMatchObject({ asked: 'b', held: 'a', page: { rows: ['a'] }, busy: false, problem: { code: 'too-busy' } });
    pages.more();
    expect(questions[2]).toMatchObject({ asked: 'a', part: { offset: 1 } });
  });

  it('asks again for a page that failed', async () => {
    const { pages, questions, shown } = byHand();
    pages.load('a', false);
    await questions[0]!.answer({ rows: ['1'], total: 2 });
    pages.more();
    await questions[1]!.fail();
    expect(shown()!.problem).toMatchObject({ code: 'too-busy' });
    pages.more();
    await questions[2]!.answer({ rows: ['2'], total: 2 });
    expect(shown()!.page!.rows).toEqual(['1', '2']);
  });

  it('shows nothing more once it is stopped', async () => {
    const { pages, questions, shown } = byHand();
    pages.load('a', false);
    pages.stop();
    await questions[0]!.answer({ rows: ['1'], total: 1 });
    expect(shown()!.page).toBeNull();
  });
});
