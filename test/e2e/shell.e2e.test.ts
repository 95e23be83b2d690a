import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchKiosk, type KioskUnderTest } from './harness.ts';

/** The page as a hostile script would see it: names and inputs are not those of the contract. */
interface LooseKiosk {
  request(name: string, input: unknown): Promise<unknown>;
  on(name: string, listener: (data: { state: string }) => void): () => void;
}

let kiosk: KioskUnderTest;
beforeAll(async () => { kiosk = await launchKiosk(); });
afterAll(async () => { await kiosk?.close(); });

const ask = (name: string, input: unknown): Promise<unknown> => kiosk.page.evaluate(async ([asked, given]) => {
  const { kiosk: bridge } = window as unknown as { kiosk: LooseKiosk };
  return bridge.request(asked, given).catch((problem: unknown) => ({ refused: problem }));
}, [name, input] as const);

describe('the shell', () => {
  it('opens one window on app:// that answers a request of the page', async () => {
    expect(kiosk.app.windows()).toHaveLength(1);
    expect(kiosk.page.url()).toMatch(/^app:\/\/kiosk\//);
    expect(await ask('system/ping', {})).toMatchObject({ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
  });

  it('gives the page no Node and nothing but the two functions', async () => {
    const seen = await kiosk.page.evaluate(() => ({
      node: ['require', 'process', 'Buffer', 'module'].filter((name) => name in window),
      bridge: Object.keys((window as unknown as { kiosk: object }).kiosk).sort(),
    }));
    expect(seen).toEqual({ node: [], bridge: ['on', 'request'] });
  });

  it('sends the strict content security policy and keeps inline and foreign script out', async () => {
    const seen = await kiosk.page.evaluate(async () => {
      const policy = (await fetch('index.html')).headers.get('content-security-policy');
      const inline = document.createElement('script');
      inline.textContent = 'window.inlineRan = true';
      document.body.append(inline);
      let evalRan = true;
      try { evalRan = Boolean(new Function('return true')()); } catch { evalRan = false; }
      return { policy, inlineRan: 'inlineRan' in window, evalRan };
    });
    expect(seen.policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'");
    expect(seen).toMatchObject({ inlineRan: false, evalRan: false });
  });

  it('reaches no network by fetch, image, socket or beacon', async () => {
    const seen = await kiosk.page.evaluate(async () => {
      const failed = (work: Promise<unknown>): Promise<boolean> => work.then(() => false, () => true);
      const socket = new Promise((resolve, reject) => {
        try {
          const line = new WebSocket('ws://127.0.0.1:9/');
          line.onopen = resolve;
          line.onerror = reject;
        } catch (error) { reject(error as Error); }
      });
      const image = new Promise((resolve, reject) => {
        const picture = new Image();
        picture.onload = resolve;
        picture.onerror = reject;
        picture.src = 'http://127.0.0.1:9/a.png';
      });
      return {
        fetch: await failed(fetch('http://127.0.0.1:9/')), file: await failed(fetch('file:///etc/hostname')),
        socket: await failed(socket), image: await failed(image),
      };
    });
    expect(seen).toEqual({ fetch: true, file: true, socket: true, image: true });
  });

  it('serves only files of the built page, whatever the path says', async () => {
    const seen = await kiosk.page.evaluate(async () => {
      const names = ['/../main/index.js', '/%2e%2e/main/index.js', '/..%2fmain%2findex.js', '/%00', '/etc/passwd', '//index.html', '/assets/'];
      return Promise.all(names.map((name) => fetch(`app://kiosk${name}`).then((answer) => answer.status, () => 'refused')));
    });
    expect(new Set(seen)).toEqual(new Set([404]));
    expect(await kiosk.page.evaluate(() => fetch('app://other/index.html').then((answer) => answer.status, () => 'refused'))).toBe('refused');
  });

  it('refuses new windows and leaving the page', async () => {
    const opened = await kiosk.page.evaluate(() => window.open('https://example.com/') === null);
    await kiosk.page.evaluate(() => { location.href = 'https://example.com/'; });
    await kiosk.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'app://kiosk/index.html?elsewhere';
      link.target = '_blank';
      document.body.append(link);
      link.click();
    });
    expect(opened).toBe(true);
    expect(await ask('system/ping', {})).toHaveProperty('at');
    expect(kiosk.app.windows()).toHaveLength(1);
    expect(kiosk.page.url()).toMatch(/^app:\/\/kiosk\//);
  });

  it('grants no permission but the camera', async () => {
    const seen = await kiosk.page.evaluate(async () => {
      const why = (work: Promise<unknown>): Promise<string> => work.then(() => 'granted', (error: Error) => error.name);
      return {
        notification: await Notification.requestPermission(),
        microphone: await why(navigator.mediaDevices.getUserMedia({ audio: true })),
        place: await new Promise((resolve) => { navigator.geolocation.getCurrentPosition(() => resolve('granted'), () => resolve('denied')); }),
      };
    });
    expect(seen).toEqual({ notification: 'denied', microphone: expect.stringMatching(/NotAllowedError|NotFoundError/), place: 'denied' });
  });

  it('refuses an unknown request and a wrong input with a problem in Vietnamese', async () => {
    expect(await ask('system/shutdown', {})).toEqual({ refused: expect.objectContaining({ code: 'request-unknown', retry: false, vi: 'Yêu cầu không được phép.' }) });
    expect(await ask('__proto__', {})).toEqual({ refused: expect.objectContaining({ code: 'request-unknown' }) });
    expect(await ask('system/ping', 'x')).toEqual({ refused: expect.objectContaining({ code: 'request-invalid' }) });
  });

  it('refuses a message of more than 20 MB and goes on', async () => {
    const answer = await kiosk.page.evaluate(() => (window as unknown as { kiosk: LooseKiosk }).kiosk
      .request('system/ping', { large: new Uint8Array(21 * 1024 * 1024) }).catch((problem: { code: string }) => problem.code));
    expect(answer).toBe('file-too-large');
    expect(await ask('system/ping', {})).toHaveProperty('at');
  });

  it('tells the page when the service was killed, starts it again and answers', async () => {
    const before = await kiosk.servicePid();
    await kiosk.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      (window as unknown as { kiosk: LooseKiosk }).kiosk.on('service/state', (data) => heard.push(data.state));
    });
    process.kill(before, 'SIGKILL');
    await kiosk.page.waitForFunction(() => (window as unknown as { heard: string[] }).heard.join(' ') === 'ready restarting ready');
    expect(await kiosk.servicePid()).not.toBe(before);
    expect(await ask('system/ping', {})).toHaveProperty('at');
  });

  it('gives a page that was loaded again a new line to the service', async () => {
    await kiosk.page.reload();
    expect(await ask('system/ping', {})).toHaveProperty('at');
  });

  it('refuses a second kiosk on the same data folder', async () => {
    await expect(launchKiosk({ dataDir: kiosk.dataDir })).rejects.toThrow(/closed|exit|Process/i);
    expect(await ask('system/ping', {})).toHaveProperty('at');
  });
});

describe('the camera', () => {
  it('is granted to the page, the microphone is not', async () => {
    const seeing = await launchKiosk({ flags: ['--use-fake-device-for-media-stream'] });
    try {
      const seen = await seeing.page.evaluate(async () => {
        const got = (wanted: MediaStreamConstraints): Promise<string> => navigator.mediaDevices.getUserMedia(wanted)
          .then((stream) => stream.getTracks().map((track) => track.kind).join(' '), (error: Error) => error.name);
        const labels = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === 'videoinput').map((device) => device.label !== '');
        return { video: await got({ video: true }), audio: await got({ audio: true }), both: await got({ audio: true, video: true }), labels };
      });
      expect(seen).toEqual({ video: 'video', audio: 'NotAllowedError', both: 'NotAllowedError', labels: [true] });
    } finally {
      await seeing.close();
    }
  });
});
