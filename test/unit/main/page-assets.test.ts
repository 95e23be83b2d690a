import { describe, expect, it } from 'vitest';
import { findAsset, isOurs, type PageAssets } from '../../../electron/main/page-assets.ts';

const assets: PageAssets = new Map([
  ['/index.html', { file: '/built/index.html', type: 'text/html' }],
  ['/assets/a b.js', { file: '/built/assets/a b.js', type: 'text/javascript' }],
]);

describe('findAsset', () => {
  it.each(['app://kiosk/', 'app://kiosk/index.html', 'app://kiosk/index.html?x#y', 'app://kiosk/./index.html'])('finds the page at %s', (address) => {
    expect(findAsset(assets, address)?.file).toBe('/built/index.html');
  });

  it('finds a name with a space', () => {
    expect(findAsset(assets, 'app://kiosk/assets/a%20b.js')?.file).toBe('/built/assets/a b.js');
  });

  it.each([
    'app://kiosk/../secret', 'app://kiosk/%2e%2e/secret', 'app://kiosk/..%2fsecret', 'app://kiosk/%E0%A4%A', 'app://kiosk/__proto__',
    'app://other/index.html', 'https://kiosk/index.html', 'file:///built/index.html', 'nonsense', '',
  ])('finds nothing at %s', (address) => {
    expect(findAsset(assets, address)).toBeUndefined();
  });
});

describe('isOurs', () => {
  it.each(['app://kiosk', 'app://kiosk/', 'app://kiosk/index.html'])('accepts %s', (address) => expect(isOurs(address)).toBe(true));
  it.each(['app://kiosk.evil/', 'app://kiosks/', 'https://kiosk/', 'about:blank', ''])('refuses %s', (address) => expect(isOurs(address)).toBe(false));
});
