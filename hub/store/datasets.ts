import type { EventType } from '../../shared/contracts/event.ts';
import type { Dataset } from '../../shared/contracts/hub.ts';
import type { Tx } from './database.ts';
import type { HubKeys } from './keys.ts';
import { mobilityRows } from './mobility.ts';
import { openEventContent, openWorker, type Content, type Place } from './sealed-row.ts';

type Row = Record<string, unknown>;

interface DatasetShape {
  /** Column of the file → SQL expression over `source`, in the order of the file. */
  columns: Readonly<Record<string, string>>;
  source: string;
  /** The instant by which a row belongs to a day; null: all rows whatever the days. */
  at: string | null;
  order: string;
  /** The events from which the rows are read; null: all. */
  types: readonly EventType[] | null;
  /** Opens what is sealed in a row, from its columns and the source's `sealed`. */
  open?: (keys: HubKeys, row: Row, sealed: Buffer | null) => Row;
  /** Rows that no query can give, since what they count lies sealed; `columns` then only names them. */
  rows?: (tx: Tx, keys: HubKeys, days: { from: string; to: string }) => Promise<readonly object[]>;
}

const place = { device: 's.device', epoch: 's.epoch', seq: 's.seq' };

/** What can be exported. Names of columns are part of the contract with those who pull: add, never rename. */
export const datasetShapes: Readonly<Record<Dataset, DatasetShape>> = {
  events: {
    columns: {
      ...place, id: 's.id', type: 's.type', schemaV: 's.schema_v', at: 's.at_text', tz: 's.tz', monoMs: 's.mono_ms', bootId: 's.boot_id',
      actor: 's.actor', unit: 's.unit', purpose: 's.purpose', blobs: 's.blobs', payloadHash: 's.payload_hash', prevHash: 's.prev_hash',
      salt: 's.salt', payload: 's.payload', hash: 's.hash', receivedAt: 's.received_at',
    },
    source: 'event s', at: 's.at', order: 's.device, s.epoch, s.seq', types: null,
    open: (keys, row, sealed) => ({ ...row, ...openEventContent(keys, row as unknown as Place, { ...row as unknown as Content, sealed }) }),
  },
  'gate-scans': {
    columns: {
      ...place, at: 's.at', unit: 's.unit', lane: 's.lane', outcome: 's.outcome', direction: 's.direction', reason: 's.reason',
      workerId: 's.worker_id', workDate: 's.work_date', via: 's.via',
    },
    source: 'gate_scan s', at: 's.at', order: 's.device, s.epoch, s.seq', types: ['gate-scan'],
  },
  dossiers: {
    columns: {
      dossierId: 's.dossier_id', dossierCode: 's.dossier_code', procedureCode: 's.procedure_code', procedureName: 's.procedure_name',
      unit: 's.unit', device: 's.device', status: 's.status', receivedAt: 's.received_at', dueAt: 's.due_at', resolvedAt: 's.resolved_at',
      digitisedAt: 's.digitised_at', handedOverAt: 's.handed_over_at', components: 's.components', componentsReused: 's.components_reused',
      componentsScanned: 's.components_scanned',
    },
    source: 'dossier s', at: 's.received_at', order: 's.received_at, s.dossier_id', types: ['dossier-received'],
  },
  results: {
    columns: {
      ...place, at: 's.at', unit: 's.unit', dossierId: 's.dossier_id', dossierCode: 'd.dossier_code', number: 's.number',
      issuedOn: 's.issued_on', signer: 's.signer', scans: 's.scans',
    },
    source: 'result s left join dossier d using (dossier_id)', at: 's.at', order: 's.device, s.epoch, s.seq', types: ['result-digitised'],
  },
  workers: {
    columns: {
      unit: 's.unit', workerId: 's.worker_id', changedAt: 's.changed_at', leftAt: 's.left_at', body: 's.body', ...place,
    },
    source: 'worker s', at: 's.changed_at', order: 's.unit, s.worker_id', types: ['worker-recorded', 'worker-left'],
    open: (keys, row, sealed) => ({ ...row, body: openWorker(keys, String(row.unit), String(row.workerId), row.body as Row | null, sealed) }),
  },
  kiosks: {
    columns: {
      device: 's.device', name: 's.name', mode: 's.mode', unit: 's.unit', state: 's.state', appVersion: 's.app_version', enrolledAt: 's.enrolled_at',
      lastContactAt: 's.last_contact_at', lastPushAt: 's.last_push_at', clockOffsetMs: 's.clock_offset_ms', backlog: 's.backlog', blobsWaiting: 's.blobs_waiting',
    },
    source: 'kiosk s', at: null, order: 's.enrolled_at, s.device', types: null,
  },
  mobility: {
    columns: { unit: '', unitName: '', employer: '', date: '', roster: '', joined: '', left: '', present: '', absent: '' },
    source: '', at: null, order: '', types: ['gate-scan', 'worker-recorded', 'worker-left'], rows: mobilityRows,
  },
  'look-ups': {
    columns: { ...place, at: 's.at', unit: 's.unit', actor: 's.actor', purpose: 's.purpose', type: 's.type' },
    source: 'look_up s', at: 's.at', order: 's.device, s.epoch, s.seq', types: ['look-up-made', 'citizen-identified'],
  },
};
