import { readFileSync } from 'node:fs';
import { openStore, readEvents } from '../../electron/store/index.ts';

export interface Comparison {
  rows: number;
  /** Sequence numbers that the kiosk holds and the export lacks, and the other way round. */
  missing: number[];
  extra: number[];
  different: number[];
}

/** Compares an NDJSON export of `events` row for row, by hash and payload, with what a kiosk's store holds. */
export function compareWithStore(storeDir: string, exportFile: string): Comparison {
  const store = openStore(storeDir, { readOnly: true, appVersion: 'demo' });
  try {
    const exported = new Map<number, { hash: string; type: string; payload: unknown }>();
    for (const line of readFileSync(exportFile, 'utf8').split('\n').filter(Boolean)) {
      const row = JSON.parse(line) as { device: string; seq: number | string; hash: string; type: string; payload: unknown };
      if (row.device === store.device.id) exported.set(Number(row.seq), row);
    }
    const result: Comparison = { rows: 0, missing: [], extra: [], different: [] };
    let afterSeq = 0;
    for (;;) {
      const events = readEvents(store, { afterSeq, limit: 1000 });
      const last = events.at(-1);
      if (!last) break;
      afterSeq = last.seq;
      for (const event of events) {
        result.rows += 1;
        const row = exported.get(event.seq);
        if (!row) result.missing.push(event.seq);
        else if (row.hash !== event.hash || row.type !== event.type || sorted(row.payload) !== sorted(event.payload)) result.different.push(event.seq);
        exported.delete(event.seq);
      }
    }
    result.extra.push(...exported.keys());
    return result;
  } finally {
    store.close();
  }
}

/** How many different workers have a scan in the store, read beside the running kiosk. */
export function storedWorkers(storeDir: string): number {
  const store = openStore(storeDir, { readOnly: true, appVersion: 'demo' });
  try {
    return store.sql<[], { n: number }>('SELECT count(DISTINCT worker_no) AS n FROM gate_scan').get()?.n ?? 0;
  } finally {
    store.close();
  }
}

/** Sequence numbers of the stored scans from one on. */
export function scansFrom(storeDir: string, firstSeq: number): number[] {
  const store = openStore(storeDir, { readOnly: true, appVersion: 'demo' });
  try {
    const seqs: number[] = [];
    for (let afterSeq = firstSeq - 1; ;) {
      const events = readEvents(store, { afterSeq, limit: 1000 });
      const last = events.at(-1);
      if (!last) return seqs;
      afterSeq = last.seq;
      seqs.push(...events.filter((event) => event.type === 'gate-scan').map((event) => event.seq));
    }
  } finally {
    store.close();
  }
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (inner !== null && typeof inner === 'object' && !Array.isArray(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));
}
