/** Token buckets in memory, per process: a brake against guessing and flooding, not an account of anything. */
export interface RateLimiter {
  readonly defaultPerMinute: number
  readonly buckets: Map<string, { tokens: number; at: number }>
}

const maxBuckets = 50_000

export function createRateLimiter(defaultPerMinute: number): RateLimiter {
  return { defaultPerMinute, buckets: new Map() }
}

/** Takes one token; answers 0, or the seconds to wait. Full buckets are forgotten, oldest first, so memory is bounded. */
export function takeFrom(limiter: RateLimiter, key: string, perMinute: number, now: number = Date.now()): number {
  const bucket = limiter.buckets.get(key) ?? { tokens: perMinute, at: now }
  bucket.tokens = Math.min(perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * perMinute)
  bucket.at = now
  limiter.buckets.delete(key)
  limiter.buckets.set(key, bucket)
  if (limiter.buckets.size > maxBuckets) limiter.buckets.delete(limiter.buckets.keys().next().value as string)
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1
    return 0
  }
  return Math.max(1, Math.ceil(((1 - bucket.tokens) / perMinute) * 60))
}
