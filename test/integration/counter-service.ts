import { PDFDocument } from '@cantoo/pdf-lib';
import type { Logger } from 'pino';
import { counterHandlers, type CounterOptions } from '../../electron/service/handlers/counter.ts';
import type { CardPort } from '../../electron/service/card/card-port.ts';
import { createDispatch } from '../../electron/service/dispatch.ts';
import { authorise } from '../../electron/service/session.ts';
import type { Dossier } from '../../shared/contracts/dossier.ts';
import type { CardReading } from '../../shared/contracts/identity.ts';
import { counterRequests, type ReceiveInput } from '../../shared/contracts/requests/counter.ts';
import type { Input, Output, RequestName } from '../../shared/contracts/requests/index.ts';
import type { Problem } from '../../shared/contracts/problems.ts';
import { adminSecret, setUpService, type TestService } from './test-service.ts';

type CounterName = keyof typeof counterRequests & RequestName;

export interface TestCounter {
  service: TestService;
  ask<N extends CounterName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** The code of the problem, `none` when it was answered. */
  problemOf<N extends CounterName>(name: N, input: Input<N>): Promise<string>;
  /** Ends and starts on the same folder: what was not stored is gone. */
  restart(): Promise<TestCounter>;
}

/** A card port that always gives this reading. */
export function scriptedCard(reading: CardReading): CardPort {
  return { read: async () => ({ reading, face: null, otherKind: null }), look: async () => 'identity', cancel: () => undefined };
}

export const qrOfAn = '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021';
export const qrOfHoa = '036185002468||Trần Thị Bích Hòa|02041985|Nữ|Tổ dân phố 4, phường Mẫu, tỉnh Ninh Bình|08062022';

/** A text as a scanner leaves it that plays keyboard. */
export const withoutMarks = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

/** A counter that is set up, its administrator logged in, asked through the dispatcher as a page asks. */
export async function startCounter(options: CounterOptions & { at?: string; demo?: boolean; dir?: string; log?: Logger } = {}): Promise<TestCounter> {
  const service = await setUpService('counter', { at: '2026-11-19T02:00:00Z', ...options });
  return counterOn(service, options);
}

function counterOn(service: TestService, options: CounterOptions): TestCounter {
  const { context } = service;
  const dispatch = createDispatch({
    requests: counterRequests, log: context.log, strictOutputs: true, onBug: () => undefined,
    service: { handlers: counterHandlers(context, options), admit: (name) => authorise(context, name as RequestName), close: async () => undefined },
  });
  let id = 0;
  const send = async (name: string, input: unknown): Promise<unknown> => {
    const reply = await dispatch({ kind: 'request', id: id += 1, name, input });
    if (reply === undefined) throw new Error(`${name} ended the service`);
    if (!reply.ok) throw Object.assign(new Error(reply.problem.code), reply.problem);
    return reply.output;
  };
  return {
    service,
    ask: (name, input) => send(name, input) as Promise<never>,
    problemOf: (name, input) => send(name, input).then(() => 'none', (error: Problem | Error) => ('code' in error ? error.code : Promise.reject(error))),
    restart: async () => {
      const { dir } = context.store;
      await service.close();
      const { startService } = await import('./test-service.ts');
      const next = startService({ dir, clock: service.clock });
      await next.ask('auth/login', { loginName: 'an', secret: adminSecret });
      return counterOn(next, options);
    },
  };
}

/** Code of a procedure of the catalogue by its name. */
export async function procedureCode({ ask }: TestCounter, name: string): Promise<string> {
  const found = (await ask('procedure/list', { query: name })).procedures.find((procedure) => procedure.name === name);
  if (found === undefined) throw new Error(`no procedure ${name}`);
  return found.code;
}

/** An intake that is right: the person of the QR, every component as paper, identity by card. */
export async function intakeOf(counter: TestCounter, procedure: string, over: Partial<ReceiveInput> = {}, qr = qrOfAn): Promise<ReceiveInput> {
  const code = await procedureCode(counter, procedure);
  const { fields } = await counter.ask('citizen/from-qr', { text: qr, purpose: 'intake' });
  const { components } = (await counter.ask('procedure/list', { query: code })).procedures[0]!;
  return {
    dossierId: crypto.randomUUID(), procedureCode: code, citizen: fields, copies: 1, note: null,
    components: components.map(({ componentId, cardAnswers, required }) => ({
      componentId, origin: cardAnswers ? 'card' : required ? 'paper-original' : 'not-provided', copies: 1, paperId: null, askAgainReason: null, scans: [],
    })),
    ...over,
  };
}

export async function receive(counter: TestCounter, procedure: string, over: Partial<ReceiveInput> = {}, qr = qrOfAn): Promise<Dossier> {
  return counter.ask('dossier/receive', await intakeOf(counter, procedure, over, qr));
}

/** A small PDF with a number of pages; `mark` makes its bytes its own. */
export async function pdfScan(mark: string, pages = 1): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create();
  for (let page = 0; page < pages; page++) pdf.addPage([300, 400]);
  pdf.setTitle(mark);
  return Uint8Array.from(await pdf.save());
}
