/** What the demo did, with times; printed as a table at the end. A difference makes the demo fail. */
export interface LedgerLine {
  what: string;
  result: string;
  seconds: number | null;
  ok: boolean;
}

export class Ledger {
  readonly lines: LedgerLine[] = [];

  /** Runs one step, notes its result and how long it took; a throw is noted and passed on. */
  async step<T>(what: string, work: () => Promise<T>, result: (value: T) => string = () => 'xong'): Promise<T> {
    const from = performance.now();
    process.stderr.write(`demo: ${what} …\n`);
    try {
      const value = await work();
      this.lines.push({ what, result: result(value), seconds: (performance.now() - from) / 1000, ok: true });
      return value;
    } catch (error) {
      this.lines.push({ what, result: error instanceof Error ? error.message.split('\n')[0]! : String(error), seconds: (performance.now() - from) / 1000, ok: false });
      throw error;
    }
  }

  /** Notes whether something holds, without ending the demo. */
  check(what: string, ok: boolean, result: string): void {
    this.lines.push({ what, result, seconds: null, ok });
  }

  get failed(): number {
    return this.lines.filter((line) => !line.ok).length;
  }

  print(): void {
    const width = Math.max(...this.lines.map((line) => line.what.length));
    for (const { what, result, seconds, ok } of this.lines) {
      const time = seconds === null ? '' : `${seconds.toFixed(1)} s`;
      process.stdout.write(`${ok ? 'OK  ' : 'SAI '} ${what.padEnd(width)}  ${time.padStart(8)}  ${result}\n`);
    }
  }
}
