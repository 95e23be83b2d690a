import { onTestFinished } from 'vitest';
import { noteExport, siteFile } from '../../electron/service/site/site-file.ts';
import { mergePage } from '../../electron/service/site/site-merge.ts';
import { readSitePage, siteHave, type Store } from '../../electron/store/index.ts';
import type { SitePage } from '../../shared/contracts/site.ts';
import { gateClock, openGate, setPlan, tellWorker, worker, type GateClock } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';

export const start = Date.parse('2026-11-02T00:00:00Z');
export const minute = 60_000;
/** The period of the timesheets, both dates included. */
export const [from, to] = ['2026-11-01', '2026-11-12'];
export const hour = 60 * minute;
export const monday = start;

export interface Gate { store: Store; clock: GateClock }

export function gates(count: number): Gate[] {
  const dir = temporaryFolder();
  return Array.from({ length: count }, (_, i) => {
    const clock = gateClock(start);
    const store = openGate(dir, i + 1, clock);
    onTestFinished(() => store.close());
    return { store, clock };
  });
}

export const page = (source: Store, asker: Store): SitePage => readSitePage(source, { have: siteHave(asker, source.device.id), asker: asker.device.id, name: '' });

/** What one gate holds goes to another, page by page, as over the LAN. */
export async function pull(asker: Store, source: Store): Promise<void> {
  for (let more = true; more;) {
    const next = JSON.parse(JSON.stringify(page(source, asker))) as SitePage;
    ({ more } = next);
    await mergePage(asker, next, { by: 'lan', from: source.device.id });
  }
}

/** Two gates; the first knows two workers and a plan, and both have seen scans of theirs. */
export function twoGates(): [Gate, Gate] {
  const [first, second] = gates(2) as [Gate, Gate];
  tellWorker(first.store, worker('W0', { personalId: '079203001234' }));
  tellWorker(first.store, worker('W1'));
  setPlan(first.store, [{ workerId: 'W0', shiftId: 'D', from: '2026-11-01', to: '2026-11-30' }, { workerId: 'W1', shiftId: 'D', from: '2026-11-01', to: '2026-11-30' }]);
  return [first, second];
}

export const fileOf = (gate: Gate, since: number | null = 0): Uint8Array => siteFile(gate.store, { since }).content;
export const exported = ({ store }: Gate): Uint8Array => {
  const made = siteFile(store, { since: null });
  noteExport(store, made, 'gs');
  return made.content;
};
export const scansOf = ({ store }: Gate): number => store.sql<[], { n: number }>('select count(*) as n from site_scan').get()!.n;
