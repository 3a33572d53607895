import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Platform } from './start-platform.ts'

interface DemoFile {
  logins: { role: string; account: string; password: string }[]
}

/** What a person who just started the platform wants to read: one address, the doors, and with demo data a login per role. */
export async function announce(config: Config, platform: Platform, say: (line: string) => void): Promise<void> {
  say(`Ready: ${platform.url}/`)
  say(`  residents  ${platform.url}/resident/`)
  say(`  grid       ${platform.url}/grid/`)
  say(`  workbench  ${platform.url}/workbench/`)
  say(`  screen     ${platform.url}/screen/`)
  if (platform.mqttUrl) say(`  devices    ${platform.mqttUrl}`)
  if (platform.phonesUrl) say(`  phones     ${platform.phonesUrl} (simulated: no SMS and no call leaves this machine)`)
  say(`  API        ${platform.url}/docs`)
  if (!platform.isDemo) return
  const demo = await readFile(join(config.DATA_DIR, 'demo.json'), 'utf8').then(
    (text) => JSON.parse(text) as DemoFile,
    () => undefined,
  )
  if (!demo) return
  say('Demo data: people and matters are invented. Logins:')
  const seen = new Set<string>()
  for (const { role, account, password } of demo.logins) {
    if (seen.has(role)) continue
    seen.add(role)
    say(`  ${role.padEnd(16)} ${account.padEnd(20)} ${password}`)
  }
}
