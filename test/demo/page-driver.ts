import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import type { Input, Output, RequestName } from '../../shared/contracts/requests/index.ts';
import { admin } from '../../renderer/texts/admin.ts';
import { common } from '../../renderer/texts/common.ts';
import { login } from '../../renderer/texts/login.ts';
import { setup } from '../../renderer/texts/setup.ts';

export const secret = '482915';

/** Takes pictures of every screen, once each by name; the README shows some of them. */
export class Camera {
  readonly taken: string[] = [];
  private readonly page: Page;
  private readonly folder: string;

  constructor(page: Page, folder: string) {
    this.page = page;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  async shoot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(this.folder, `${name}.png`), animations: 'disabled' });
    this.taken.push(name);
  }
}

/** Asks the service what the page itself may ask. */
export function ask<N extends RequestName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  return page.evaluate(([n, i]) => (window as unknown as { kiosk: { request(n: string, i: unknown): Promise<unknown> } }).kiosk.request(n as string, i),
    [name, input] as const) as Promise<Output<N>>;
}

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click();
const choose = (page: Page, words: string): Promise<void> => page.locator('.choice', { hasText: words }).first().click();

/** Walks through the first-run wizard as a technician would, with demo data. */
export async function setUp(page: Page, camera: Camera, options: { mode: 'gate' | 'counter'; lanes?: { input: string; device?: string }[] }): Promise<void> {
  const { mode, lanes = [] } = options;
  await page.getByRole('heading', { name: setup.place.title }).waitFor({ timeout: 30_000 });
  await choose(page, setup.place[mode]);
  await camera.shoot('setup-1-place');
  await press(page, common.next);
  await choose(page, setup.unit.demo);
  await camera.shoot('setup-2-unit');
  await press(page, common.next);
  if (mode === 'gate') {
    for (const [index, lane] of lanes.entries()) {
      if (index > 0) await press(page, setup.lanes.add);
      const box = page.locator('.setup-lane').nth(index);
      await box.getByRole('button', { name: new RegExp(setup.lanes.input) }).click();
      await page.getByRole('option', { name: lane.input, exact: true }).click();
      if (lane.device !== undefined) await box.getByLabel(setup.lanes.path).fill(lane.device);
    }
    await camera.shoot('setup-3-lanes');
    await press(page, common.next);
  }
  await page.getByLabel(setup.admin.name, { exact: true }).fill('Phạm Thị Quản Trị');
  await page.getByLabel(setup.admin.secret, { exact: true }).fill(secret);
  await page.getByLabel(setup.admin.again, { exact: true }).fill(secret);
  await camera.shoot('setup-4-admin');
  await press(page, common.next);
  await camera.shoot('setup-5-summary');
  await press(page, setup.summary.finish);
  await page.getByRole('heading', { name: setup.summary.title }).waitFor({ state: 'detached', timeout: 60_000 });
}

/** Gives PIN or password where the log-in asks for it. */
export async function logIn(page: Page): Promise<void> {
  await page.getByLabel(login.secret, { exact: true }).fill(secret);
  await press(page, login.enter);
}

/** Enrols the kiosk with a one-time code on the settings screen that is open. */
export async function enrol(page: Page, url: string, code: string): Promise<void> {
  await page.getByLabel(admin.hub.url, { exact: true }).fill(url);
  await page.getByLabel(admin.hub.code, { exact: true }).fill(code);
  await press(page, admin.hub.enrol);
  await page.getByText(url, { exact: true }).first().waitFor({ timeout: 20_000 });
}

/** Waits until the hub has confirmed everything that the kiosk holds. */
export async function allSent(page: Page, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const state = await ask(page, 'sync/status', {});
    if (state.waiting === 0 && state.blobsWaiting === 0 && state.state === 'idle') return;
    if (Date.now() > deadline) throw new Error(`still ${state.waiting} records and ${state.blobsWaiting} scans to send (${state.state})`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
