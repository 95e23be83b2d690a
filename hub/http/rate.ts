/**
 * A token bucket for each subject: `burst` at once, then `perSecond`. Held in memory, by each replica for itself: it
 * only smooths load; what guards secrets is counted in the database.
 */
export function createRate({ perSecond, burst }: { perSecond: number; burst: number }): (subject: string) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (subject) => {
    const at = performance.now();
    const bucket = buckets.get(subject) ?? { tokens: burst, at };
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    bucket.at = at;
    // Full again means forgotten: strangers cannot fill the memory for ever.
    if (buckets.size > 20_000) for (const [key, each] of buckets) if (at - each.at > (burst / perSecond) * 1000) buckets.delete(key);
    buckets.set(subject, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}
