import { describe, expect, it } from 'vitest';
import { isBeginOfHubAddress, isHubAddress } from '../../shared/domain/hub-address.ts';

describe('the address of a hub', () => {
  it.each(['https://motcua.tinh.gov.vn', 'https://motcua.tinh.gov.vn:8443/kiosk', 'http://127.0.0.1:8777', 'http://localhost', 'http://[::1]:80/'])(
    '%s is taken', (text) => expect(isHubAddress(text)).toBe(true));
  it.each(['http://motcua.tinh.gov.vn', 'motcua.tinh.gov.vn', '127.0.0.1:8777', 'http://127.0.0.1.xa.vn', 'http://localhost@xa.vn', 'https://', 'https://a b', 'file:///tmp', ''])(
    '%s is refused', (text) => expect(isHubAddress(text)).toBe(false));
  it.each([['', true], ['htt', true], ['https://', true], ['https://m', false], ['motcua', false]])(
    '%o is begun: %s', (text, begun) => expect(isBeginOfHubAddress(text)).toBe(begun));
});
