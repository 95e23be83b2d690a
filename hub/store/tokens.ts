import { createHash, randomBytes } from 'node:crypto';
import type { Sql } from './database.ts';

export interface TokenLine { tokenId: string; name: string; createdBy: string; createdAt: string; lastUsedAt: string | null; revokedAt: string | null }

const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Makes an access token for exports: 256 random bits, told once, kept as a hash. */
export async function createToken(sql: Sql, name: string, by: string): Promise<{ token: string; tokenId: string }> {
  const token = `mct_${randomBytes(32).toString('base64url')}`;
  const [row] = await sql<{ token_id: string }[]>`with made as (insert into export_token (token_hash, name, created_by)
      values (${tokenHash(token)}, ${name}, ${by}) returning token_id),
    noted as (insert into admin_act (name, act, subject) values (${by}, 'token-made', ${name}))
    select token_id from made`;
  return { token, tokenId: row!.token_id };
}

/** The name of a token that is valid now. */
export async function useToken(sql: Sql, token: string): Promise<string | undefined> {
  const [row] = await sql<{ name: string }[]>`update export_token set last_used_at = now()
    where token_hash = ${tokenHash(token)} and revoked_at is null returning name`;
  return row?.name;
}

export async function listTokens(sql: Sql): Promise<TokenLine[]> {
  return [...await sql<TokenLine[]>`select token_id as "tokenId", name, created_by as "createdBy", created_at as "createdAt",
    last_used_at as "lastUsedAt", revoked_at as "revokedAt" from export_token order by created_at desc limit 200`];
}

/** Shuts a token out; the same again changes nothing. */
export async function revokeToken(sql: Sql, tokenId: string, by: string): Promise<void> {
  await sql`with done as (update export_token set revoked_at = now() where token_id = ${tokenId} and revoked_at is null returning name)
    insert into admin_act (name, act, subject) select ${by}, 'token-revoked', name from done`;
}
