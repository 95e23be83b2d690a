import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Sha256Hex, zeroHash } from '../../shared/contracts/event.ts';
import {
  BlobState, ChangesOutput, EnrolInput, EnrolOutput, HelloInput, HelloOutput, PushOutput,
} from '../../shared/contracts/hub.ts';
import { SiteAsk } from '../../shared/contracts/site.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { addChunk, blobState, chunkLimit } from '../store/blobs.ts';
import { changesAfter } from '../store/changes.ts';
import { enrol } from '../store/enrolment.ts';
import { readHubEpoch } from '../store/hub-state.ts';
import { ingest } from '../store/ingest.ts';
import { findChain, raiseAlarm, recordHello, type Kiosk } from '../store/kiosks.ts';
import { giveNumberBlock } from '../store/number-blocks.ts';
import { siteEvents } from '../store/site.ts';
import { ReceivedBatch } from '../store/received-event.ts';
import { bodyBytes, parseBody, parseValue } from './body.ts';
import { authenticate } from './device-auth.ts';
import type { HubContext } from './hub-context.ts';
import { createRate } from './rate.ts';

const maxBatch = 1000;
const packedLimit = 4_000_000;

/** What kiosks ask: enrol once, then hello, events, blobs, changes, events of the unit's other gates. Each answer passes its own schema. */
export function kioskRoutes(app: FastifyInstance, { sql, state, keys, now }: HubContext): void {
  const rate = createRate({ perSecond: 100, burst: 1000 });
  const kioskOf = async (request: FastifyRequest): Promise<Kiosk> => {
    const kiosk = await authenticate(sql, request);
    if (!rate(kiosk.device)) throw new ProblemError('too-busy');
    return kiosk;
  };

  app.get('/v1/health', async () => {
    await sql`select 1`;
    return { ok: true, hubId: state.hubId, time: now().toISOString() };
  });

  app.post('/v1/enrol', { bodyLimit: 10_000 }, async (request) => {
    const input = await parseBody(request, EnrolInput);
    const { device, unit } = await enrol(sql, input, request.ip);
    return EnrolOutput.parse({ hubId: state.hubId, device, unit, siteKey: keys.site(unit.code).toString('base64'), serverTime: now().toISOString() });
  });

  app.post('/v1/hello', { bodyLimit: 10_000 }, async (request) => {
    const kiosk = await kioskOf(request);
    const hello = await parseBody(request, HelloInput);
    await recordHello(sql, kiosk.device, hello, Date.parse(hello.time) - now().getTime());
    const chain = await findChain(sql, kiosk.device, hello.epoch);
    // More here than there, or another head at the same place: the kiosk was cloned or set back to an old image.
    const isFork = chain !== undefined && (chain.haveSeq > hello.lastSeq || (chain.haveSeq === hello.lastSeq && chain.haveHead !== hello.head));
    if (isFork) await raiseAlarm(sql, kiosk.device, 'chain-fork', `${hello.epoch} ${hello.lastSeq}`);
    // What a store that was set back has numbered meanwhile it does not know: no block before its new epoch.
    const numberBlock = kiosk.mode === 'gate' || isFork ? null : await giveNumberBlock(sql, kiosk, hello.epoch, hello.numberBlock ?? null);
    return HelloOutput.parse({
      ...state, hubEpoch: await readHubEpoch(sql), haveSeq: chain?.haveSeq ?? 0, haveHead: chain?.haveHead ?? zeroHash, serverTime: now().toISOString(), maxBatch, numberBlock,
    });
  });

  app.post('/v1/events', { bodyLimit: packedLimit }, async (request) => {
    const kiosk = await kioskOf(request);
    const { events } = await parseBody(request, ReceivedBatch);
    return PushOutput.parse(await ingest(sql, keys, kiosk, events));
  });

  app.get('/v1/changes', async (request) => {
    const kiosk = await kioskOf(request);
    const { cursor } = parseValue(request.query, z.object({ cursor: z.string().max(80).default('') }));
    return ChangesOutput.parse(await changesAfter(sql, keys, kiosk.unit, cursor, await readHubEpoch(sql)));
  });

  app.post('/v1/site-events', { bodyLimit: 200_000 }, async (request) => {
    const kiosk = await kioskOf(request);
    const { have } = await parseBody(request, SiteAsk);
    return siteEvents(sql, keys, kiosk, have);
  });

  const BlobPath = z.object({ sha256: Sha256Hex });
  app.get('/v1/blobs/:sha256', async (request) => {
    await kioskOf(request);
    return BlobState.parse(await blobState(sql, parseValue(request.params, BlobPath).sha256));
  });
  const Offset = z.object({ offset: z.string().regex(/^\d{1,12}$/).transform(Number) });
  app.put('/v1/blobs/:sha256', { bodyLimit: chunkLimit }, async (request) => {
    const kiosk = await kioskOf(request);
    const { sha256 } = parseValue(request.params, BlobPath);
    const parsed = Offset.safeParse(request.query);
    if (!parsed.success) throw new ProblemError('request-invalid', 'offset');
    return BlobState.parse(await addChunk(sql, keys.blob, kiosk.device, sha256, parsed.data.offset, bodyBytes(request)));
  });
}
