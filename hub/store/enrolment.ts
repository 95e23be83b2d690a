import { createHash, createPublicKey, randomInt } from 'node:crypto';
import type { EnrolInput } from '../../shared/contracts/hub.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { noteAct } from './acts.ts';
import { giveBackAttempt, takeAttempt } from './attempts.ts';
import type { Sql } from './database.ts';

/** No I, O, 0, 1: a person reads the code aloud over the telephone. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const validMinutes = 15;
const triesAllowed = 10;

const codeHash = (code: string): Buffer => createHash('sha256').update(`enrol ${code}`).digest();

/** Makes a one-time code for a unit (which is made where it is new). The code itself is told once and not kept. */
export async function createEnrolCode(sql: Sql, unit: { code: string; name: string | null }, kioskName: string | null, by: string): Promise<{ code: string; expiresAt: string }> {
  const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
  return sql.begin(async (tx) => {
    await tx`insert into unit (code, name) values (${unit.code}, ${unit.name ?? unit.code})
      on conflict (code) do update set name = coalesce(${unit.name}, unit.name)`;
    const [row] = await tx<{ expires_at: string }[]>`insert into enrol_code (code_hash, unit, name, created_by, expires_at)
      values (${codeHash(code)}, ${unit.code}, ${kioskName}, ${by}, now() + make_interval(mins => ${validMinutes})) returning expires_at`;
    await noteAct(tx, by, 'enrol-code-made', kioskName === null ? unit.code : `${unit.code}: ${kioskName}`);
    return { code, expiresAt: row!.expires_at };
  });
}

/**
 * Enrols a device: the code is used up and the key kept in one transaction. The same device with the same code again,
 * within its time, is the retry of a lost answer. Throws `enrol-code-wrong`, `too-busy` after too many wrong tries,
 * `request-invalid` where the key is none.
 */
export async function enrol(sql: Sql, input: EnrolInput, from: string): Promise<{ device: string; unit: { code: string; name: string } }> {
  const publicKey = Buffer.from(input.publicKey, 'base64');
  if (publicKey.length !== 32 || !isEd25519(publicKey)) throw new ProblemError('request-invalid', 'publicKey');
  const device = createHash('sha256').update(publicKey).digest('hex');
  if (!await takeAttempt(sql, { kind: 'enrol', subject: from, allowed: triesAllowed, minutes: validMinutes })) throw new ProblemError('too-busy');
  const unit = await sql.begin(async (tx) => {
    const [row] = await tx<{ unit: string; unit_name: string; name: string | null }[]>`
      update enrol_code c set used_at = coalesce(used_at, now()), used_by = ${device} from unit u
      where code_hash = ${codeHash(input.code)} and u.code = c.unit and expires_at > now() and (used_by is null or used_by = ${device})
      returning c.unit, u.name as unit_name, c.name`;
    if (!row) return undefined;
    const [kiosk] = await tx<{ state: string }[]>`insert into kiosk (device, public_key, name, mode, unit, app_version)
      values (${device}, ${publicKey}, ${row.name ?? input.name}, ${input.mode}, ${row.unit}, ${input.appVersion})
      on conflict (device) do update set name = excluded.name, mode = excluded.mode, unit = excluded.unit,
        app_version = excluded.app_version, last_contact_at = now()
      returning state`;
    if (kiosk!.state === 'revoked') throw new ProblemError('device-revoked');
    return { code: row.unit, name: row.unit_name };
  });
  if (!unit) throw new ProblemError('enrol-code-wrong');
  await giveBackAttempt(sql, 'enrol', from);
  return { device, unit };
}

function isEd25519(raw: Buffer): boolean {
  try {
    createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki' });
    return true;
  } catch {
    return false;
  }
}
