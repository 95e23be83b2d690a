/** What the camera has shown of late. */
export interface Sighting {
  text: string;
  reportedAt: number;
  seenAt: number;
}

const REPORT_AGAIN_MS = 1000;
// A held card is missed in single frames; only after this long without it has it left the picture.
const GONE_AFTER_MS = 400;

/**
 * Whether a text read at `now` (milliseconds, any clock that only rises) is to be reported: another text always and
 * at once, the same text once it has left the picture or a second has passed. The gate's own repeat rule decides
 * what a repeat means.
 */
export function sight(before: Sighting | null, text: string, now: number): { sighting: Sighting; report: boolean } {
  const report = before === null || before.text !== text || now - before.seenAt >= GONE_AFTER_MS || now - before.reportedAt >= REPORT_AGAIN_MS;
  return { sighting: { text, seenAt: now, reportedAt: report ? now : before.reportedAt }, report };
}
