import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordScan } from '../../electron/service/gate/gate-scan.ts';
import { changeVisitor, registerVisitor } from '../../electron/service/gate/visitors.ts';
import { mergePage } from '../../electron/service/site/site-merge.ts';
import { inboxList } from '../../electron/service/time/exception-list.ts';
import { findVisitor, listVisitors, readHeldScans, readSitePage, siteHave, type Store } from '../../electron/store/index.ts';
import type { SitePage } from '../../shared/contracts/site.ts';
import type { VisitorForm } from '../../shared/contracts/visitor.ts';
import { gateClock, openGate, scanAt, tellWorker, worker, type GateClock } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';

const start = Date.parse('2026-11-02T02:00:00Z');
const minute = 60_000;
const number = '001090000123';

interface Gate { store: Store; clock: GateClock }

function gates(count: number, keys: readonly Uint8Array[] = []): Gate[] {
  const dir = temporaryFolder();
  return Array.from({ length: count }, (_, i) => {
    const clock = gateClock(start);
    const store = openGate(dir, i + 1, clock, keys[i]);
    onTestFinished(() => store.close());
    return { store, clock };
  });
}

const pages = (source: Store, asker: Store): SitePage => JSON.parse(JSON.stringify(readSitePage(source, { have: siteHave(asker), asker: asker.device.id, name: '' }))) as SitePage;
async function pull(asker: Gate, source: Gate): Promise<void> {
  for (let more = true; more;) {
    const page = pages(source.store, asker.store);
    ({ more } = page);
    await mergePage(asker.store, page, { by: 'lan', from: source.store.device.id });
  }
}

const form: VisitorForm = {
  kind: 'contractor', fullName: 'Trần Thị Khách', company: 'Cơ điện Mẫu', purpose: 'Sửa máy nén', hostWorkerId: null, hostName: 'Nguyễn Văn Chủ', vehicle: '51C-12345', tools: 'Máy hàn',
  escort: true, validFrom: '2026-11-02T00:00:00.000Z', validTo: '2026-11-02T10:00:00.000Z',
};
/** A visitor registered at a gate, with the number of the card; the code of the pass. */
function register({ store }: Gate, identity: string | null = number): { visitorId: string; passCode: string } {
  const visitorId = randomUUID();
  return { visitorId, passCode: registerVisitor(store, visitorId, form, identity, 'gs').passCode };
}
const scan = ({ store, clock }: Gate, code: string, afterMinutes: number, lane = '1') => {
  clock.at = start + afterMinutes * minute;
  clock.mono += minute;
  return recordScan(store, { code, lane, via: 'camera', actor: 'gate' });
};
const stateOf = ({ store }: Gate, id: string) => {
  const { last, validTo, returnedAt, endedAt } = findVisitor(store, id)!;
  return { direction: last?.direction ?? null, at: last?.at ?? null, validTo, returnedAt, endedAt };
};

describe('a visitor registered at another gate of the site', () => {
  it('is let in by his pass or his number here, and out again there', async () => {
    const [a, b] = gates(2) as [Gate, Gate];
    const { passCode, visitorId } = register(a);
    expect(scan(b, passCode, 1).outcome).toBe('unknown');
    await pull(b, a);
    expect(scan(b, passCode, 2)).toMatchObject({ outcome: 'recorded', direction: 'in' });
    await pull(a, b);
    expect(stateOf(a, visitorId)).toMatchObject({ direction: 'in', at: new Date(start + 2 * minute).toISOString() });
    expect(scan(a, number, 30)).toMatchObject({ outcome: 'recorded', direction: 'out', reason: 'last-state' });
    await pull(b, a);
    expect(scan(b, number, 60)).toMatchObject({ outcome: 'recorded', direction: 'in' });
  });
  it('is known by initials and given name, company and times only', async () => {
    const [a, b] = gates(2) as [Gate, Gate];
    register(a);
    await pull(b, a);
    const { visitors } = listVisitors(b.store, { filter: 'recent', query: '', limit: 10, now: start });
    expect(visitors).toMatchObject([{ company: 'Cơ điện Mẫu', maskedId: '001*****0123', escort: true, purpose: null, vehicle: null, tools: null, hostName: null }]);
    const all = JSON.stringify([visitors, b.store.db.prepare('select body from site_event').all(), b.store.db.prepare('select * from visitor').all()]);
    for (const told of ['Trần', 'Thị', number, 'máy nén', '51C', 'Máy hàn', 'Chủ']) expect(all).not.toContain(told);
  });
  it('comes as he is now, in whatever order the gates tell: changed validity, pass given back, last scan', async () => {
    const [a, b, c, d] = gates(4) as [Gate, Gate, Gate, Gate];
    const { passCode, visitorId } = register(a);
    await pull(b, a);
    scan(a, passCode, 5);
    b.clock.at = start + 10 * minute;
    changeVisitor(b.store, { visitorId, validTo: '2026-11-02T12:00:00.000Z' }, 'gs');
    a.clock.at = start + 20 * minute;
    changeVisitor(a.store, { visitorId, validTo: '2026-11-02T11:00:00.000Z' }, 'gs');
    scan(b, passCode, 30, 'ra');
    changeVisitor(b.store, { visitorId, returned: true }, 'gs');
    await pull(a, b);
    await pull(b, a);
    await pull(c, a);
    // What b says of him comes before who he is.
    const [ofA, ofB] = [pages(a.store, d.store), pages(b.store, d.store)];
    await mergePage(d.store, { ...ofB, parts: ofB.parts.filter(({ device }) => device === b.store.device.id) }, { by: 'file', from: b.store.device.id });
    expect(findVisitor(d.store, visitorId)).toBeNull();
    await mergePage(d.store, ofA, { by: 'file', from: a.store.device.id });
    const states = [a, b, c, d].map((gate) => stateOf(gate, visitorId));
    expect(states[0]).toEqual({ direction: 'out', at: new Date(start + 30 * minute).toISOString(), validTo: '2026-11-02T11:00:00.000Z', returnedAt: new Date(start + 30 * minute).toISOString(), endedAt: null });
    for (const state of states) expect(state).toEqual(states[0]);
    expect(scan(d, passCode, 40)).toMatchObject({ outcome: 'expired', reason: 'pass-ended' });
  });
  it('whose number another site\'s key has hashed is known by the pass alone', async () => {
    const [a, b] = gates(2, [new Uint8Array(32).fill(7), new Uint8Array(32).fill(8)]) as [Gate, Gate];
    const { passCode } = register(a);
    await pull(b, a);
    expect(scan(b, number, 1).outcome).toBe('unknown');
    expect(scan(b, passCode, 2).outcome).toBe('recorded');
  });
  it.each([['in their order', false], ['the later one first', true]])('a card that went to the next visitor is that one\'s at every gate, told %s', async (_, isTurned) => {
    const [a, b, c] = gates(3) as [Gate, Gate, Gate];
    const card = '04A1B2C3D4E5F6';
    const [first, second] = [randomUUID(), randomUUID()];
    registerVisitor(a.store, first, form, null, 'gs', card);
    changeVisitor(a.store, { visitorId: first, returned: true }, 'gs');
    await pull(b, a);
    b.clock.at = start + minute;
    registerVisitor(b.store, second, { ...form, fullName: 'Lê Văn Sau' }, null, 'gs', card);
    for (const source of isTurned ? [b, a] : [a, b]) {
      const page = pages(source.store, c.store);
      await mergePage(c.store, { ...page, parts: page.parts.filter(({ device }) => device === source.store.device.id) }, { by: 'file', from: source.store.device.id });
    }
    expect(scan(c, card, 2)).toMatchObject({ outcome: 'recorded', shortName: 'V. Sau' });
    expect(stateOf(c, first)).toMatchObject({ direction: null, returnedAt: new Date(start).toISOString() });
    expect(stateOf(c, second).direction).toBe('in');
  });
  it('who was registered here stays as he is here', async () => {
    const [a, b] = gates(2) as [Gate, Gate];
    const { visitorId } = register(a);
    await pull(b, a);
    await pull(a, b);
    expect(findVisitor(a.store, visitorId)).toMatchObject({ fullName: 'Trần Thị Khách', purpose: 'Sửa máy nén' });
  });
});

describe('a card that nobody knows, scanned at another gate', () => {
  it('is in this gate\'s inbox with its lane and its masked code; whoever is known is not', async () => {
    const [a, b] = gates(2) as [Gate, Gate];
    tellWorker(a.store, worker('W1'));
    scan(a, '990000000099', 3);
    scanAt(a.store, 'W1', start + 4 * minute);
    await pull(b, a);
    await pull(b, a);
    expect(readHeldScans(b.store, '2026-11-02', '2026-11-02')).toEqual([
      { at: start + 3 * minute, lane: `${a.store.device.id.slice(0, 8)}/1`, workDate: '2026-11-02', outcome: 'unknown', code: expect.stringContaining('*') as unknown, worker: null }]);
    expect(readHeldScans(b.store, '2026-11-03', '2026-11-03')).toEqual([]);
    const { rows } = inboxList(b.store, {
      period: { from: '2026-11-02', to: '2026-11-02' }, filter: { kind: 'unknown', query: '', department: null, employer: null, shiftId: null, onlyOpen: false }, offset: 0, limit: 10, fresh: true, now: start + 5 * minute,
    });
    expect(rows).toMatchObject([{ worker: null, kinds: ['unknown'], workDate: '2026-11-02' }]);
  });
});
