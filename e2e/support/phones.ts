import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { JourneyTown } from './town.ts'

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

/** Waits until a phone has it; `but` is an older one of the same kind. */
export async function arrives(phonesUrl: string, to: string, channel: OnPhone['channel'], about: string, but?: OnPhone): Promise<OnPhone> {
  let found: OnPhone | undefined
  await expect
    .poll(
      async () => {
        found = await onPhone(phonesUrl, to, channel, about)
        return found !== undefined && found.key !== but?.key
      },
      { timeout: 20_000 },
    )
    .toBe(true)
  return found!
}

/** A resident signs in by the code that comes to the simulated phone; a minute later than whoever asked for one before, for two within a minute are not sent. */
export async function signInByCode(page: Page, town: JourneyTown, number: string): Promise<void> {
  const { phonesUrl } = town.demo
  const old = await onPhone(phonesUrl, number, 'sms', '验证码')
  if (old) await town.moveClock(new Date((await town.now()).getTime() + 61_000))
  await page.goto('/resident/sign-in')
  await page.getByLabel('手机号').fill(number)
  await page.getByRole('button', { name: '发验证码' }).click()
  const { text } = await arrives(phonesUrl, number, 'sms', '验证码', old)
  await page.getByLabel('验证码').fill(/\d{6}/.exec(text)![0])
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('button', { name: '退出登录' }).waitFor()
}
