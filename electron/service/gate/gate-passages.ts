import { performance } from 'node:perf_hooks';
import { letThrough, notGone, wentThrough, type Awaited, type Grant } from '../../../shared/domain/passage.ts';

export interface PassageOptions {
  /** Somebody who was let through has gone, or has not within his time. */
  onGone(grant: Grant, passed: boolean): void;
  /** Somebody went whom nobody let through. */
  onForced(contact: string): void;
}

export interface Passages {
  /** Somebody may go through at a contact for some milliseconds. */
  expect(contact: string, who: Omit<Grant, 'until'>, ms: number): void;
  /** He may not, after all. */
  drop(contact: string, scanId: string): void;
  /** The contact of a turnstile told of somebody. */
  closed(contact: string): void;
  stop(): void;
}

/** A contact of a turnstile bounces. */
const bounceMs = 200;

/** Who was let through and went, contact by contact. */
export function createPassages({ onGone, onForced }: PassageOptions): Passages {
  const contacts = new Map<string, { awaited: Awaited; closedAt: number; timer: NodeJS.Timeout | undefined }>();
  const at = (name: string) => {
    const contact = contacts.get(name) ?? { awaited: [], closedAt: Number.NEGATIVE_INFINITY, timer: undefined };
    contacts.set(name, contact);
    return contact;
  };
  const watchTime = (name: string): void => {
    const contact = at(name);
    clearTimeout(contact.timer);
    if (contact.awaited.length === 0) return;
    const next = Math.min(...contact.awaited.map(({ until }) => until));
    contact.timer = setTimeout(() => {
      const { awaited, gone } = notGone(contact.awaited, performance.now());
      contact.awaited = awaited;
      for (const grant of gone) onGone(grant, false);
      watchTime(name);
    }, Math.max(0, next - performance.now()) + 1);
  };
  return {
    expect: (name, who, ms) => {
      const contact = at(name);
      contact.awaited = letThrough(contact.awaited, { ...who, until: performance.now() + ms });
      watchTime(name);
    },
    drop: (name, scanId) => {
      const contact = at(name);
      contact.awaited = contact.awaited.filter((grant) => grant.scanId !== scanId);
      watchTime(name);
    },
    closed: (name) => {
      const contact = at(name);
      const now = performance.now();
      const bounces = now - contact.closedAt < bounceMs;
      contact.closedAt = now;
      if (bounces) return;
      const { awaited, who } = wentThrough(contact.awaited, now);
      contact.awaited = awaited;
      if (who === null) onForced(name);
      else onGone(who, true);
      watchTime(name);
    },
    stop: () => {
      for (const { timer } of contacts.values()) clearTimeout(timer);
      contacts.clear();
    },
  };
}
