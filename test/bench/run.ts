import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';

/**
 * `npm run bench -- [--only gate,gate-load,timesheet,muster,law,reports,qr,card,sync] [--workers N] [--events N] [--minutes N] [--sheet-workers N] [--law-workers N] [--muster-people N] [--sync-events N] [--qr-frames N] [--qr-scenes N] [--small]`:
 * one JSON line a figure. Goals that are missed are told on standard error; a slow machine is no failure, so the exit code is 0.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    workers: { type: 'string', default: '100000' },
    events: { type: 'string', default: '1000000' },
    minutes: { type: 'string', default: '1' },
    'sheet-workers': { type: 'string', default: '20000' },
    'muster-people': { type: 'string', default: '60000' },
    'law-workers': { type: 'string', default: '20000' },
    'sync-events': { type: 'string', default: '20000' },
    'qr-frames': { type: 'string', default: '300' },
    'qr-scenes': { type: 'string', default: '60' },
    small: { type: 'boolean', default: false },
  },
});
const small = values.small;
const workers = small ? 2_000 : Number(values.workers);
const events = small ? 10_000 : Number(values.events);
const sheetWorkers = small ? 500 : Number(values['sheet-workers']);
const lawWorkers = small ? 500 : Number(values['law-workers']);
const syncEvents = small ? 2_000 : Number(values['sync-events']);

const benches: Record<string, () => Promise<Figure[]>> = {
  gate: async () => (await import('./gate.ts')).bench({ workers, events }),
  'gate-load': async () => (await import('./gate-load.ts')).bench({ workers, events, minutes: small ? 0.1 : Number(values.minutes) }),
  timesheet: async () => (await import('./timesheet.ts')).bench({ workers: sheetWorkers }),
  muster: async () => (await import('./muster.ts')).bench({ people: small ? 1_000 : Number(values['muster-people']) }),
  law: async () => (await import('./law.ts')).bench({ workers: lawWorkers }),
  reports: async () => (await import('./reports.ts')).bench({ workers: sheetWorkers }),
  qr: async () => (await import('./qr.ts')).bench({ small, frames: Number(values['qr-frames']), scenes: Number(values['qr-scenes']) }),
  card: async () => (await import('./card.ts')).bench(),
  sync: async () => (await import('./sync.ts')).bench({ events: syncEvents }),
};

const chosen = values.only?.split(',') ?? Object.keys(benches);
const missed: string[] = [];
for (const name of chosen) {
  const bench = benches[name];
  if (!bench) {
    process.stderr.write(`bench: no figure group "${name}"; there are ${Object.keys(benches).join(', ')}\n`);
    process.exit(2);
  }
  process.stderr.write(`bench: ${name} …\n`);
  for (const figure of await bench()) {
    process.stdout.write(`${JSON.stringify(figure)}\n`);
    if (figure.met === false) missed.push(`${figure.name}: ${figure.value} ${figure.unit}, goal ${figure.goal}`);
  }
}
for (const line of missed) process.stderr.write(`bench: goal missed: ${line}\n`);
process.exit(0);
