import { expect } from 'vitest'

/** What the simulated phone of somebody shows. */
export interface OnPhone {
  key: string
  channel: 'sms' | 'voice'
  to: string
  text: string
  state: string
}

async function onPhone(phonesUrl: string, to: string, channel: OnPhone['channel'], about: string): Promise<OnPhone | undefined> {
  const { items } = (await (await fetch(`${phonesUrl}phones`)).json()) as { items: OnPhone[] }
  return items.find((one) => one.to === to && one.channel === channel && one.text.includes(about))
}

/** Waits until a phone has it. */
export async function arrives(phonesUrl: string, to: string, channel: OnPhone['channel'], about: string): Promise<OnPhone> {
  let found: OnPhone | undefined
  await expect
    .poll(
      async () => {
        found = await onPhone(phonesUrl, to, channel, about)
        return found !== undefined
      },
      { timeout: 20_000 },
    )
    .toBe(true)
  return found!
}
