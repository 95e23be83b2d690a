import type { Database } from 'better-sqlite3';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Migration } from './migration.ts';
import { ground } from './0001-ground.ts';
import { counter } from './0002-counter.ts';
import { sync } from './0003-sync.ts';
import { trust } from './0004-trust.ts';
import { shift } from './0005-shift.ts';
import { zone } from './0006-zone.ts';
import { people } from './0007-people.ts';
import { guard } from './0008-guard.ts';
import { workDay } from './0009-work-day.ts';
import { correction } from './0010-correction.ts';
import { site } from './0011-site.ts';
import { scanRead } from './0012-scan-read.ts';
import { siteProof } from './0013-site-proof.ts';
import { hubChange } from './0014-hub-change.ts';

/** In order and without a gap: the n-th has version n. */
export const migrations: readonly Migration[] = [ground, counter, sync, trust, shift, zone, people, guard, workDay, correction, site, scanRead, siteProof, hubChange];

export const schemaVersion = migrations.length;

/**
 * Brings a database to a version, each step in its own transaction. Running it again changes nothing.
 * Problem: `store-too-new` where the file comes from a newer program.
 */
export function migrate(db: Database, to: number = schemaVersion): void {
  const from = db.pragma('user_version', { simple: true }) as number;
  if (from > schemaVersion) throw new ProblemError('store-too-new');
  for (const { version, up } of migrations.slice(from, to)) {
    db.transaction(() => {
      up(db);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
