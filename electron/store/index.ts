export { openStore, type Store, type StoreOptions } from './store.ts';
export { systemClock, type Clock } from './clock.ts';
export {
  appendEvent, readEvents, readHead, readHash, ackedSeq, setAckedSeq, type AppendedEvent, type NewEvent,
  readEventsOfTypes, recentScanIds,
} from './event.ts';
export { noteOwnVisitorWords } from './site-visitor.ts';
export { verifyChain, type ChainVerdict } from './chain.ts';
export {
  readSetting, writeSetting, readSettings, writeSettings, readKiosk, writeKiosk, readUnitCode, defaultSettings, Kiosk,
} from './setting.ts';
export { saveLanes } from './lane.ts';
export { readSiteKey, replaceSiteKey, siteKeyMark, personalHash } from './site-key.ts';
export {
  eraseVisitors, findVisitor, findVisitorByHash, findVisitorByNo, findVisitorByPass, insertVisitor, lineOf as visitorLine, listVisitors, noteVisitorScan, releasePass,
  overdueVisitors, updateVisitor, type NewVisitor, type StoredVisitor, type VisitorFilter,
} from './visitor.ts';
export { countAlarms, listAlarms, settleAlarm, storeAlarm, type AlarmRow, type NewAlarm } from './alarm.ts';
export {
  findBarred, insertBarred, isHashBarred, isNumberBarred, liftBarred, liftBarredWorker, listBarred, type BarredEntry, type BarredLine,
} from './barred.ts';
export {
  eachWorkerName, endMusterRow, findMuster, insertMuster, isTicked, listMusters, readMovesSince, readMusterPeople, readPresentVisitors, readPresentWorkers,
  readTicks, runningMuster, writeTick, type Muster, type MusterKind, type MusterPeople,
} from './muster.ts';
export { readGuardSettings, writeGuardSettings } from './guard-setting.ts';
export { inspectStore, type StoreInspection } from './inspect.ts';
export { schemaVersion } from './migrations/index.ts';
export { storeProblem } from './open-database.ts';
export { keySourceOf, type KeySource } from './store-key.ts';
export { uuidV7 } from './uuid-v7.ts';
export { sha256 } from './sha256.ts';
export {
  listUsers, findUser, findUserByName, insertUser, updateUser, updateSecret, isSetUp,
  readLoginFailures, writeLoginFailures, clearLoginFailures,
} from './user.ts';
export {
  findWorkerById, findWorkerByNo, findWorkerByPersonalId, findWorkerByCode, findWorkerConflicts, saveWorker, workerPayload, countWorkers, searchWorkers,
  activeWorkersAfter, isInside, eachWorker, readTeams, type SheetWorker, type StoredWorker, type WorkerConflict,
} from './worker.ts';
export { readRosterMappings, saveRosterMapping } from './roster-mapping.ts';
export { handOverNumbers, keepTerm, linkFormer, formerTermsOf, ownFormerTerms } from './worker-term.ts';
export {
  clearPinFailures, hasPins, readPinFailures, readPinHash, removePin, writePinFailures, writePinHash, type PinFailures, type PinGuard,
} from './worker-pin.ts';
export { dropPhotoBytes, overduePhotos, readWorkerPhoto, removeWorkerPhoto, writeWorkerPhoto, type WorkerPhoto } from './worker-photo.ts';
export { noteWorkerAccess, readWorkerAccess, readWorkerScanLog, type WorkerAccess } from './worker-access.ts';
export { readExpiries, type ExpiryLine } from './worker-expiry.ts';
export {
  emptyEvents, erasableEvents, erasureTargets, eraseWorker, insertErasure, listErasures, type ErasureRun, type ErasureTarget,
} from './worker-erase.ts';
export { findWithdrawnCard, withdrawCard, takeBackCard, type WithdrawnReason } from './withdrawn-card.ts';
export {
  readLaneScan, readWorkerScans, insertGateScan, ownLane, writePresence, gateSummary, gateLog, type WorkerScan, type WorkerScanRow,
} from './gate.ts';
export { findHeld, listHeld, storeDecision, type StoredHeld } from './held-scan.ts';
export { fireSince, isFire, lanesLeftBy, readPassback, readZones, saveZones, setFire } from './zone.ts';
export {
  readAssignments, readShifts, readShiftUse, readWorkerPlan, removeShift, saveShiftPlan, setShifts, writeAssignments, type ShiftUse,
} from './shift.ts';
export { listAudit, outboxLines, quickCheck, checkpoint } from './audit.ts';
export {
  blobsWaiting, countBlobsWaiting, noteContact, readHubLink, saveEnrolment, setBlobSent, type HubLink,
} from './sync.ts';
export { applyHubChanges, type HubChange } from './sync-change.ts';
export {
  blobFile, findBlob, getBlob, insertBlob, isBlobOfDossier, ownersOfBlob, putBlob, useBlobs, type StoredBlob,
} from './blob.ts';
export {
  applyCalendar, applyProcedure, findProcedure, readCalendar, readProcedures, searchProcedures,
} from './procedure.ts';
export { findCitizen, papersOf, saveCitizen, savePaper, type StoredCitizen } from './paper.ts';
export {
  findDossier, insertDossier, nextSerial, noteEvent, updateHandOver, updateResult, updateStatus, type NewDossier, type StoredDossier,
} from './dossier.ts';
export { countDossiers, listDossiers, listDueDossiers, openDossiersOf, searchDossiers } from './dossier-list.ts';
export { hasLookedUp, recentLookUps, recordLookUp, type LookUp } from './look-up.ts';
export {
  hasTrustCertificate, listTrustCertificates, listTrustCrls, removeTrust, saveTrustCertificate, saveTrustCrl, standingOfCrl, trustAnchors, trustCountries,
  type StoredAnchors, type StoredCertificate, type StoredCrl, type TrustQuery, type WithDer,
} from './trust.ts';
export {
  applyCorrectionEvent, correctionChanges, decideCorrection, proposeCorrection, readCorrectionsByWorker, readCountingCorrections,
  readDateCorrections, readMarkedDates, readWaitingBatch, readWaitingCorrections, readWorkerCorrections,
  type CorrectedDate, type CorrectionEvent, type StoredCorrection,
} from './correction.ts';
export {
  ownStartBefore, ownTold, readSiteEvents, readSitePage, readSiteScans, siteHave, lastScanAt, movePresence, usualPage, type PageLimits,
} from './site.ts';
export { takeProof, takeSitePart, takeTold, type Taken } from './site-take.ts';
export { faultOfRun, type RunFault } from './site-proof.ts';
export { quarantineLimits, quarantineRun } from './site-quarantine.ts';
export { hasRoomFor, markRetired, noteOffset, noteTold, readGates, readTold, reportedUntil, retireGate, type HeardBy, type Reported } from './site-gate.ts';
export { duePresence, presenceDone, settleSite } from './site-settle.ts';
export { foundSite, joinSite, type SiteSecret } from './site-join.ts';
export {
  countStaleWorkers, isWorkFresh, keepWorkDays, readLabourWorker, readStaleWorkers, readWorkDates, readWorkDays, readWorkMonths,
  readYearWork, setWorkRules, workGeneration, type StaleWorker, type WorkDay, type WorkMonth, type WorkRules,
} from './work-day.ts';
export { countLaneScans, readAnswers, readHeldScans, type GivenAnswer, type HeldScan } from './exception.ts';
export { readFormerTerms, readMinuteCounts, readMoves, readSeenDates, reportWorkers, siteScansFrom, type ReportWorker } from './report.ts';
export {
  keepClock, markClock, measureClock, readClockMarks, readClockOffset, readOwnMarks, type ClockOffset,
} from './clock-mark.ts';
export { beginEpoch } from './new-epoch.ts';
export { heldNumberBlock, keepNumberBlock } from './number-block.ts';
