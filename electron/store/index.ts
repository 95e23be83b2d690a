export { openStore, type Store, type StoreOptions } from './store.ts';
export { systemClock, type Clock } from './clock.ts';
export {
  appendEvent, readEvents, readHead, readHash, ackedSeq, setAckedSeq, type AppendedEvent, type NewEvent,
} from './event.ts';
export { verifyChain, type ChainVerdict } from './chain.ts';
export {
  readSetting, writeSetting, readSettings, writeSettings, readKiosk, writeKiosk, readUnitCode, defaultSettings, Kiosk,
} from './setting.ts';
export { readSiteKey, replaceSiteKey, personalHash } from './site-key.ts';
export { inspectStore, type StoreInspection } from './inspect.ts';
export { schemaVersion } from './migrations/index.ts';
export { keySourceOf, type KeySource } from './store-key.ts';
export { uuidV7 } from './uuid-v7.ts';
export { sha256 } from './sha256.ts';
export {
  listUsers, findUser, findUserByName, insertUser, updateUser, updateSecret, isSetUp,
  readLoginFailures, writeLoginFailures, clearLoginFailures,
} from './user.ts';
export {
  findWorkerById, findWorkerByPersonalId, findWorkerByCode, findWorkerConflict, saveWorker, workerPayload, countWorkers, searchWorkers,
  type StoredWorker,
} from './worker.ts';
export {
  readPresence, readLaneScan, insertGateScan, writePresence, gateSummary, gateLog, readInside,
} from './gate.ts';
export { listAudit, outboxLines, quickCheck, checkpoint } from './audit.ts';
