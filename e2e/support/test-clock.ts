/** Moves the platform's clock forward; answers when everything due by then has happened. */
export async function moveTestClock(url: string, to: Date, { sessionsAge = false } = {}): Promise<void> {
  const response = await fetch(`${url}/api/v1/test/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: to.toISOString(), sessionsAge }),
  })
  if (response.status !== 204) throw new Error(`the clock did not move to ${to.toISOString()}: ${response.status} ${await response.text()}`)
}

const hour = 3_600_000
const shanghai = 8 * hour

/** Nine in the morning, Shanghai time, of the first plain weekday that has not begun yet. Public holidays are for the golden table, not for here. */
export function nextWorkingMorning(after: Date): Date {
  const day = new Date(after.getTime() + shanghai)
  day.setUTCHours(9, 0, 0, 0)
  do day.setUTCDate(day.getUTCDate() + 1)
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6)
  return new Date(day.getTime() - shanghai)
}
