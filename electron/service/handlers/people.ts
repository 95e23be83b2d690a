import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import type { peopleRequests } from '../../../shared/contracts/requests/people.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import { appendEvent, hasPins } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { createCardEnrolment, setCredential } from '../people/credentials.ts';
import { scanByPin } from '../gate/gate-pin.ts';
import { changePeopleSettings, readPeopleSettings } from '../people/people-settings.ts';
import { startPeopleUpkeep } from '../people/people-upkeep.ts';
import { eraseDueWorkers, erasureDate } from '../people/worker-erasure.ts';
import { changeWorker, noteLook, workerOrFail, workerPage } from '../people/worker-page.ts';
import { photoConsent, removePhoto, seePhoto, setPhoto } from '../people/worker-photos.ts';

type PeopleHandlers = Pick<Handlers, Exclude<keyof typeof peopleRequests, `roster/${string}`>>;

const dueShown = 200;

/** Workers: their page, credentials, photo, what expires, and the erasure of those who left. */
export function peopleHandlers(context: ServiceContext): PeopleHandlers {
  const { store, clock, reader } = context;
  const actor = (): string => context.requireUser().userId;
  const enrolment = createCardEnrolment(context);
  context.onClose(() => enrolment.cancel());
  startPeopleUpkeep(context);
  const pageOf = (workerId: string) => workerPage(store, workerOrFail(store, workerId));
  return {
    'worker/get': async ({ workerId }) => {
      const worker = workerOrFail(store, workerId);
      store.transaction(() => noteLook(store, worker, { actor: actor(), what: 'worker-page' }));
      return workerPage(store, worker);
    },
    'worker/change': async ({ workerId, changes }) => {
      const worker = changeWorker(store, workerId, changes, actor());
      context.nudgeSync();
      return workerPage(store, worker);
    },
    'worker/reveal': async ({ workerId, reason }) => {
      const worker = workerOrFail(store, workerId);
      store.transaction(() => noteLook(store, worker, { actor: actor(), what: 'worker-numbers', reason }));
      const { personalId, cardNumber, details: { passport, permit, socialInsuranceNo } } = worker;
      return { personalId, cardNumber, passport, permitNumber: permit?.number ?? null, socialInsuranceNo };
    },
    'worker/own-data': async ({ workerId }) => {
      const worker = workerOrFail(store, workerId);
      const file = await reader.read('ownDataFile', { workerId, now: clock.now() });
      store.transaction(() => {
        noteLook(store, worker, { actor: actor(), what: 'worker-own-data' });
        appendEvent(store, { type: 'data-exported', actor: actor(), purpose: 'own-data', payload: { workerId } });
      });
      return file;
    },
    'worker/expiries': async ({ what, band, query, offset, limit }) => {
      const all = await reader.read('expiries', { today: workDateOf(clock.now()), what, query });
      const counts = { over: 0, 7: 0, 30: 0, 60: 0 };
      for (const row of all) counts[row.band] += 1;
      const rows = band === null ? all : all.filter((row) => row.band === band);
      return { counts, total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    'worker/expiries-export': async (filter) => {
      const file = await reader.read('expiriesFile', { ...filter, now: clock.now() });
      store.transaction(() => appendEvent(store, { type: 'data-exported', actor: actor(), purpose: 'expiries', payload: { list: 'expiries' } }));
      return file;
    },
    'credential/read-card': ({ reader: name }) => enrolment.read(name),
    'credential/cancel': async () => {
      enrolment.cancel();
      return {};
    },
    'credential/set': async ({ workerId, change }) => {
      await setCredential(store, workerId, change, actor());
      context.nudgeSync();
      return pageOf(workerId);
    },
    'gate/pin': (input) => scanByPin(context, input),
    'gate/pin-offered': async () => ({ offered: hasPins(store) }),
    'photo/consent': photoConsent,
    'photo/set': async ({ workerId, content, consentVersion }) => {
      await setPhoto(store, workerOrFail(store, workerId), content, consentVersion, actor());
      return pageOf(workerId);
    },
    'photo/get': async ({ workerId }) => seePhoto(store, workerOrFail(store, workerId), actor()),
    'photo/remove': async ({ workerId }) => {
      await removePhoto(store, workerOrFail(store, workerId), 'withdrawn', actor());
      return pageOf(workerId);
    },
    'people/settings': async () => readPeopleSettings(store),
    'people/settings-set': async (changes) => changePeopleSettings(store, changes, actor()),
    'erasure/due': async () => {
      const before = erasureDate(store);
      const due = before === null ? [] : await reader.read('erasureTargets', before);
      const runs = await reader.read('erasures', null);
      return {
        total: due.length, workers: due.slice(0, dueShown).map(({ workerId, fullName, endDate }) => ({ workerId, fullName, endDate })),
        runs: runs.map(({ position, at, workers, events, scans, photos }) => ({ position, at, workers, events, scans, photos })),
      };
    },
    'erasure/run': async () => {
      const done = await eraseDueWorkers(store, reader, actor());
      context.nudgeSync();
      return done === null ? { position: null, workers: 0, events: 0, scans: 0, photos: 0 } : done;
    },
    'erasure/certificate': ({ position }) => reader.read('erasureCertificate', { position }),
  };
}
