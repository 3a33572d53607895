/** Seconds to wait, in the unit that a person would use, rounded up: trying again too early only prolongs a lock. */
export function waitWords(seconds: number, t: (key: string, values: { count: number }) => string): string {
  return seconds > 90
    ? t('wait.minutes', { count: Math.ceil(seconds / 60) })
    : t('wait.seconds', { count: Math.max(1, Math.ceil(seconds)) })
}
