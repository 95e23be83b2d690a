import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';

const browser = '/usr/bin/chromium';

/** Logs in to the hub's admin pages in a real browser and takes pictures of them. */
export async function shootHub({ url, user, password, screens }: { url: string; user: string; password: string; screens: string }): Promise<void> {
  const running = await chromium.launch({ ...(existsSync(browser) ? { executablePath: browser } : {}), args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
  try {
    const page = await running.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(`${url}/login`);
    await page.screenshot({ path: path.join(screens, 'hub-login.png') });
    await page.locator('#name').fill(user);
    await page.locator('#password').fill(password);
    await page.locator('button.primary').click();
    await page.waitForURL((at) => !at.pathname.startsWith('/login'));
    for (const [name, at] of [['kiosks', '/'], ['mobility', '/mobility'], ['enrol', '/enrol'], ['exports', '/exports'], ['tokens', '/tokens']] as const) {
      await page.goto(`${url}${at}`);
      await page.screenshot({ path: path.join(screens, `hub-${name}.png`), fullPage: true });
    }
  } finally {
    await running.close();
  }
}
