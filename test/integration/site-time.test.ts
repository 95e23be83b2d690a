import { expect, it, onTestFinished } from 'vitest';
import { mergePage } from '../../electron/service/site/site-merge.ts';
import { readSitePage } from '../../electron/store/index.ts';
import { eventHash } from '../../shared/contracts/event.ts';
import { sha256 } from '../fixtures/scripted-kiosk.ts';
import { gateClock, openGate, scanAt, tellWorker, worker } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';

const monday = Date.parse('2026-11-02T01:00:00Z');

it.each(['0000-01-01T00:00:00.000Z', '9999-12-31T23:00:00.000Z'])('aScanOfAnotherGateAtATimeThatNoClockShows_%s_goesToQuarantine_andEndsNothing', async (at) => {
  const dir = temporaryFolder();
  const [first, second] = [1, 2].map((n) => openGate(dir, n, gateClock(monday))) as [ReturnType<typeof openGate>, ReturnType<typeof openGate>];
  onTestFinished(() => [first, second].forEach((store) => store.close()));
  for (const store of [first, second]) tellWorker(store, worker('W0'));
  scanAt(first, 'W0', monday);
  const told = readSitePage(first, { have: [], asker: second.device.id, name: '' });
  const { salt, payload, hash: _, ...header } = told.parts[0]!.events.find(({ type }) => type === 'gate-scan')!;
  const scan = { ...header, at, salt, payload, hash: eventHash({ ...header, at }, sha256) };
  expect(await mergePage(second, { ...told, parts: [{ ...told.parts[0]!, proof: null, events: [scan] }] }, { by: 'hub', from: null })).toMatchObject({ quarantined: 1, events: 0 });
});
