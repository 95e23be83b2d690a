import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEchoApp, type EchoApp } from './echo-app/build.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';

interface LooseKiosk {
  request(name: string, input: unknown): Promise<unknown>;
  on(name: string, listener: (data: unknown) => void): () => void;
}

let echo: EchoApp;
beforeAll(async () => { echo = await buildEchoApp(); });
afterAll(() => echo?.remove());

// One contract, two carriers: message ports straight into a utility process, and main relaying to a plain Node.
describe.each(['utility', 'node'])('the service as a %s process', (form) => {
  let kiosk: KioskUnderTest;
  beforeAll(async () => {
    kiosk = await launchKiosk({ appDir: echo.appDir, env: { MOTCUA_ECHO_FORM: form, MOTCUA_ECHO_OUT: echo.out } });
  });
  afterAll(async () => { await kiosk?.close(); });

  const ask = (name: string, input: unknown = {}): Promise<unknown> => kiosk.page.evaluate(async ([asked, given]) => {
    const { kiosk: bridge } = window as unknown as { kiosk: LooseKiosk };
    return bridge.request(asked, given).catch((problem: unknown) => ({ refused: problem }));
  }, [name, input] as const);

  const sayBytes = (text: string, length: number): Promise<unknown> => kiosk.page.evaluate(async ([said, size]) => {
    const bytes = Uint8Array.from({ length: size }, (_, index) => index % 251);
    const answer = await (window as unknown as { kiosk: LooseKiosk }).kiosk.request('echo/say', { text: said, bytes }) as { text: string; bytes: Uint8Array; times: number };
    return { text: answer.text, times: answer.times, same: answer.bytes instanceof Uint8Array && answer.bytes.length === size && answer.bytes.every((byte, index) => byte === index % 251) };
  }, [text, length] as const);

  it('carries text with diacritics and megabytes of bytes both ways unchanged', async () => {
    expect(await sayBytes('Tiếp nhận hồ sơ', 3_000_000)).toEqual({ text: 'Tiếp nhận hồ sơ', times: 1, same: true });
  });

  it('answers a hundred requests asked at once, each with its own answer', async () => {
    const answers = await kiosk.page.evaluate(async () => {
      const { kiosk: bridge } = window as unknown as { kiosk: LooseKiosk };
      const all = await Promise.all(Array.from({ length: 100 }, (_, index) => bridge.request('echo/say', { text: `câu ${index}`, bytes: new Uint8Array(0) })));
      return all.map((answer) => (answer as { text: string }).text);
    });
    expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => `câu ${index}`));
  });

  it('rejects with the plain problem of the handler', async () => {
    expect(await ask('echo/problem')).toEqual({ refused: {
      code: 'card-removed', retry: true, vi: 'Thẻ bị nhấc ra quá sớm. Vui lòng đặt lại thẻ và giữ yên.', detail: 'at step 3',
    } });
  });

  it('brings an event of the service to the page', async () => {
    const heard = kiosk.page.evaluate(() => new Promise((resolve) => {
      const { kiosk: bridge } = window as unknown as { kiosk: LooseKiosk };
      const off = bridge.on('card/state', (data) => { off(); resolve(data); });
      void bridge.request('echo/announce', {});
    }));
    expect(await heard).toEqual({ reader: 'invented', present: true });
  });

  it.each(['echo/crash', 'echo/bug'])('rejects what was pending at %s, starts anew with an empty memory, and answers', async (name) => {
    await sayBytes('trước', 10);
    const before = await kiosk.servicePid();
    const pending = await kiosk.page.evaluate(async (killer) => {
      const { kiosk: bridge } = window as unknown as { kiosk: LooseKiosk };
      const code = (problem: unknown): unknown => (problem as { code: string }).code;
      return Promise.all([bridge.request('echo/hang', {}).catch(code), bridge.request(killer, {}).catch(code)]);
    }, name);
    expect(pending).toEqual(['service-restarted', 'service-restarted']);
    expect(await sayBytes('trước', 10)).toMatchObject({ times: 1, same: true });
    expect(await kiosk.servicePid()).not.toBe(before);
  });

  it('leaves no process behind when the window closes', async () => {
    const service = await kiosk.servicePid();
    await kiosk.close();
    expect(() => process.kill(service, 0)).toThrow('ESRCH');
  });
});
