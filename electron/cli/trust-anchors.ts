import about from '../../package.json' with { type: 'json' };
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { TrustAnchors } from '../card/pki/anchors.ts';
import { noAnchors } from '../card/pki/anchors.ts';
import { kioskFolder } from './kiosk-folder.ts';

/**
 * What the administrator of a store trusts chips by, beside a running kiosk too. Nothing where there is no store or it
 * cannot be opened from here (key in the keychain, damaged): a card is then read all the same, its issuer unconfirmed.
 * @param storeDir absolute; the kiosk's own folder where absent
 */
export async function anchorsOf(storeDir: string | undefined): Promise<TrustAnchors> {
  // Only here: what needs no store must run where SQLite does not load.
  const { openStore, trustAnchors } = await import('../store/index.ts');
  try {
    const store = openStore(storeDir ?? kioskFolder(), { readOnly: true, appVersion: about.version });
    try {
      return trustAnchors(store);
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof ProblemError) return noAnchors;
    throw error;
  }
}
