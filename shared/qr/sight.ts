/** What the camera has shown of late, by text. */
export type Sightings = ReadonlyMap<string, { reportedAt: number; seenAt: number }>;

const REPORT_AGAIN_MS = 1000;
// A held card is missed in single frames; only after this long without it has it left the picture.
const GONE_AFTER_MS = 400;

/**
 * Whether a text read at `now` (milliseconds, any clock that only rises) is to be reported: a new one always and at
 * once, the same once it has left the picture or a second has passed, though another was read in between: two codes in
 * one picture are read by turns. The gate's own repeat rule decides what a repeat means.
 */
export function sight(before: Sightings, text: string, now: number): { sightings: Sightings; report: boolean } {
  const last = before.get(text);
  const report = last === undefined || now - last.seenAt >= GONE_AFTER_MS || now - last.reportedAt >= REPORT_AGAIN_MS;
  const kept = [...before].filter(([, { seenAt }]) => now - seenAt < GONE_AFTER_MS);
  return { sightings: new Map([...kept, [text, { seenAt: now, reportedAt: report ? now : last.reportedAt }]]), report };
}
