import { createPublicKey, verify } from 'node:crypto';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import {
  blockBegin, blockStart, runText, siteBlock, stepBlock, toldText, type BlockState, type Signed, type SitePart, type SiteTold,
} from '../../shared/contracts/site.ts';
import { sha256 } from './sha256.ts';
import type { Store } from './store.ts';

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 raw bytes (RFC 8410 section 4). */
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');

/** Why a run is believed to be nobody's: its form, no proof, a key that is another device's, a signature of something else. */
export type RunFault = 'run' | 'unsigned' | 'key' | 'signature';

/** Proves a run of this gate's own events. @param base where the reckoning of the block stands at `after` */
export function proveRun(store: Store, run: Omit<SitePart, 'proof'>, base: BlockState): SitePart {
  const last = stepBlock(base, run.events, sha256);
  return { ...run, proof: { ...signed(store, runText(run, last)), base } };
}

/** Signs what this gate tells of itself. */
export function proveTold(store: Store, told: Omit<SiteTold, 'proof'>): SiteTold {
  return { ...told, proof: signed(store, toldText(told)) };
}

function signed(store: Store, text: string): Signed {
  return {
    publicKey: Buffer.from(store.device.publicKey).toString('base64'),
    signature: Buffer.from(store.device.sign(Buffer.from(text))).toString('base64'),
  };
}

/**
 * Whether a run is what its gate signed: null, or why not. Without a proof it is believed from the hub alone, which has
 * checked the gate's signature itself.
 */
export function faultOfRun(part: SitePart, from: 'hub' | 'gate'): RunFault | null {
  const { device, epoch, after, through, events, proof } = part;
  if (through < after) return 'run';
  let seq = after;
  for (const event of events) {
    if (event.device !== device || event.epoch !== epoch || event.seq <= seq || event.seq > through) return 'run';
    seq = event.seq;
  }
  if (proof === null) return from === 'hub' ? null : 'unsigned';
  const { base } = proof;
  const start = blockStart(through);
  // Nothing may be hidden between what it says to come after and where its reckoning goes on: each step holds the number before it.
  if (after < start || through === after || base.seq > after) return 'run';
  return signatureFault(device, runText(part, stepBlock(base, events, sha256)), proof);
}

/** Whether a telling is signed by the gate that it is about. */
export function isToldProven(told: SiteTold): boolean {
  return told.proof !== null && signatureFault(told.device, toldText(told), told.proof) === null;
}

function signatureFault(device: string, text: string, { publicKey, signature }: Signed): 'key' | 'signature' | null {
  const raw = Buffer.from(publicKey, 'base64');
  if (raw.length !== 32 || sha256(raw) !== device) return 'key';
  const key = createPublicKey({ key: Buffer.concat([spkiStart, raw]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64')) ? null : 'signature';
}

/** Keeps the proof of a run that was checked, where it reaches further than what is kept of its block; inside a transaction. */
export function keepProof(store: Store, chain: number, { device, through, events, proof }: SitePart): void {
  if (proof === null) return;
  store.sql<unknown[]>(`insert into site_proof (chain_no, start, through, state, signature) values (?, ?, ?, ?, ?)
    on conflict (chain_no, start) do update set through = excluded.through, state = excluded.state, signature = excluded.signature
      where excluded.through > through`).run(
    chain, blockStart(through), through, Buffer.from(stepBlock(proof.base, events, sha256).state, 'hex'), Buffer.from(proof.signature, 'base64'));
  store.sql<[Buffer, string]>('update site_gate set public_key = ? where device = ? and public_key is null').run(Buffer.from(proof.publicKey, 'base64'), device);
  const { proven } = store.sql<[number], { proven: number }>('select proven from site_chain where chain_no = ?').get(chain)!;
  let reach = proven;
  for (let next = proofAfter(store, chain, reach); next !== null; next = proofAfter(store, chain, reach)) reach = next.through;
  if (reach > proven) store.sql<[number, number]>('update site_chain set proven = ? where chain_no = ?').run(reach, chain);
}

export interface KeptProof { start: number; through: number; state: string; signature: Buffer }

/** The proof of the block that goes on after a number, if it reaches further. */
export function proofAfter(store: Store, chain: number, after: number): KeptProof | null {
  const row = store.sql<[number, number, number], { start: number; through: number; state: Buffer; signature: Buffer }>(
    'select start, through, state, signature from site_proof where chain_no = ? and start = ? and through > ?').get(chain, blockStart(after + 1), after);
  return row === undefined ? null : { ...row, state: row.state.toString('hex') };
}

/** End of the block that goes on after a number. */
export function blockEnd(after: number): number {
  return blockStart(after + 1) + siteBlock;
}

/** Where a block's reckoning stands at `after`, from its events (all from the beginning of the block on), and which of them come later. */
export function splitBlock(events: readonly StoredEvent[], after: number): { base: BlockState; rest: StoredEvent[] } {
  return {
    base: stepBlock(blockBegin(blockStart(after + 1)), events.filter(({ seq }) => seq <= after), sha256),
    rest: events.filter(({ seq }) => seq > after),
  };
}
