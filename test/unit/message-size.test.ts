import { describe, expect, it } from 'vitest';
import { fitsMessage } from '../../shared/domain/message-size.ts';

describe('fitsMessage', () => {
  it('counts text, bytes and buffers behind views', () => {
    expect(fitsMessage({ text: 'a'.repeat(400) }, 1000)).toBe(true);
    expect(fitsMessage({ text: 'a'.repeat(600) }, 1000)).toBe(false);
    expect(fitsMessage({ bytes: new Uint8Array(2000) }, 1000)).toBe(false);
    expect(fitsMessage({ bytes: new Uint8Array(new ArrayBuffer(2000), 0, 1) }, 1000)).toBe(false);
  });

  it('counts a buffer that two views share once', () => {
    const buffer = new ArrayBuffer(600);
    expect(fitsMessage([new Uint8Array(buffer), new Uint8Array(buffer)], 1000)).toBe(true);
  });

  it('ends on a message that contains itself', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(fitsMessage(loop)).toBe(true);
  });

  it('refuses a flood of small values, in objects, maps and sets', () => {
    const many = Array.from({ length: 300_000 }, (_, index) => index);
    expect(fitsMessage(many)).toBe(false);
    expect(fitsMessage(new Set(many))).toBe(false);
    expect(fitsMessage({ deep: new Map(many.map((each) => [each, each])) })).toBe(false);
  });
});
