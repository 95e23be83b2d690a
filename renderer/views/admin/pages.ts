import type { Problem } from '../../../shared/contracts/problems.ts';
import { toProblem } from '../../kiosk.ts';

/** What a list of pages answers with: rows from the offset that was asked for, and how many there are in all. */
export interface Page { rows: readonly unknown[]; total: number }
/** Which part of the list is asked for; `fresh`: worked out anew, not taken from what is held. */
export interface Part { offset: number; limit: number; fresh: boolean }
/** `held` is what the page answers, `asked` what was asked for last: they differ while an answer is awaited and after a failure. */
export interface Shown<A, P> { asked: A | null; held: A | null; page: P | null; problem: Problem | null; busy: boolean }

const pageSize = 300;

/** A long list that comes page by page. An answer that a later question has overtaken is dropped. */
export class Pages<A, P extends Page> {
  readonly #ask: (asked: A, part: Part) => Promise<P>;
  readonly #changed: (shown: Shown<A, P>) => void;
  #shown: Shown<A, P> = { asked: null, held: null, page: null, problem: null, busy: false };
  #turn = 0;
  #isPaging = false;

  constructor(ask: (asked: A, part: Part) => Promise<P>, changed: (shown: Shown<A, P>) => void) {
    [this.#ask, this.#changed] = [ask, changed];
  }

  /** Asks for the first page; what is held stays until the answer is there. */
  load(asked: A, fresh: boolean): void {
    const mine = ++this.#turn;
    this.#isPaging = false;
    this.#show({ asked, problem: null, busy: true });
    this.#ask(asked, { offset: 0, limit: pageSize, fresh }).then(
      (page) => { if (this.#turn === mine) this.#show({ held: asked, page, busy: false }); },
      (thrown: unknown) => { if (this.#turn === mine) this.#show({ problem: toProblem(thrown), busy: false }); },
    );
  }

  /** Asks for the page after those that are held, once; nothing where all are held or a first page is on its way. */
  more(): void {
    const { held, page, busy } = this.#shown;
    if (held === null || page === null || busy || this.#isPaging || page.rows.length >= page.total) return;
    const mine = this.#turn;
    this.#isPaging = true;
    this.#ask(held, { offset: page.rows.length, limit: pageSize, fresh: false }).then(
      (next) => { if (this.#turn === mine) this.#show({ page: { ...page, rows: [...page.rows, ...next.rows] } }); },
      (thrown: unknown) => { if (this.#turn === mine) this.#show({ problem: toProblem(thrown) }); },
    ).finally(() => { if (this.#turn === mine) this.#isPaging = false; });
  }

  /** Drops what is on its way. */
  stop(): void {
    this.#turn += 1;
  }

  #show(change: Partial<Shown<A, P>>): void {
    this.#shown = { ...this.#shown, ...change };
    this.#changed(this.#shown);
  }
}
