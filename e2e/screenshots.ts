import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@linli/tools/browser'
import type { BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { closeAppeal, dispatchAppeal, fileAppeal, findCase } from './support/api.ts'
import { takePhoto } from './support/photo.ts'
import { startTown } from './support/platform-of-run.ts'
import { addPhoto } from './support/resident-acts.ts'
import { type JourneyTown, type Language, openTown } from './support/town.ts'

/**
 * The pictures of README and user guide, taken from the built product with the demo town: `npm run screenshots [NAME…]`.
 * Small enough for a repository: few colors, 150 kB at most.
 */
const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
const most = 150_000
const oldEstate = '510131001002'
const lampCorner = { lon: 103.5026, lat: 30.1966 }

interface Shot {
  name: string
  take(town: JourneyTown): Promise<Page>
}

const suffix = (lang: Language): string => (lang === 'en' ? '-en' : '')

/** A phone that has reported two matters: one under way with a pause behind it, one answered and waiting for its rating. */
async function openPhone(town: JourneyTown, options: { lang?: Language; elder?: boolean; path?: string }): Promise<Page> {
  const { page, context } = await town.openResident({ ...options, path: '' })
  await tellTime(context, town)
  const known = await matters(town)
  await page.evaluate((kept) => {
    localStorage.setItem('linli.matters', JSON.stringify(kept.matters))
    localStorage.setItem('linli.area', JSON.stringify(kept.area))
  }, known)
  await page.goto(
    `/resident/${(options.path ?? '').replace('%open', known.matters[0]!.number).replace('%answered', known.matters[1]!.number)}`,
  )
  await settle(page)
  return page
}

interface Known {
  matters: { number: string; tail: string; title: string; keptAt: number }[]
  area: { areaId: string; code: string; name: string }
}
let prepared: Known | undefined

async function matters(town: JourneyTown): Promise<Known> {
  if (prepared) return prepared
  const { items } = (await (await fetch(`${town.url}/api/v1/public/areas?code=${oldEstate}`)).json()) as { items: Known['area'][] }
  const [area] = items
  const tick = async (minutes: number): Promise<void> => town.moveClock(new Date((await town.now()).getTime() + minutes * 60_000))
  const phone = '19999990021'
  const answered = await fileAppeal(town.url, { detail: '楼道灯坏了两盏，晚上上楼看不见。', areaCode: oldEstate, phone })
  await tick(14)
  await closeAppeal(town, answered.number, '两盏灯都换成了声控的，昨晚七点试过，亮。')
  await tick(9)
  const open = await fileAppeal(town.url, { detail: '3 号楼门口井盖裂了，怕老人孩子踩空。', areaCode: oldEstate, phone })
  await tick(17)
  const caseId = await dispatchAppeal(town, open.number)
  const clerk = await town.api('housing-clerk')
  await tick(38)
  await clerk.move(caseId, 'claim')
  await tick(25)
  await clerk.move(caseId, 'contact', { contactedAt: (await town.now()).toISOString(), remark: '约好下午去看。' })
  await tick(80)
  const until = new Date((await town.now()).getTime() + 26 * 3_600_000).toISOString()
  await clerk.move(caseId, 'pause', { reason: '等待配件或施工条件', until, remark: '新井盖明天到。' })
  await tick(50)
  const now = (await town.now()).getTime()
  const keep = (filed: typeof open, title: string) => ({ number: filed.number, tail: filed.tail, title, keptAt: now })
  prepared = {
    matters: [keep(open, '3 号楼门口井盖裂了'), keep(answered, '楼道灯坏了两盏')],
    area: { areaId: area!.areaId, code: area!.code, name: area!.name },
  }
  return prepared
}

/** The browser's own clock says what the platform's says. */
async function tellTime(context: BrowserContext, town: JourneyTown): Promise<void> {
  await context.clock.setSystemTime(await town.now())
}

async function settle(page: Page): Promise<void> {
  await page.locator('main').getByText(/\p{L}/u).first().waitFor()
  await page
    .locator('.wb-waiting')
    .or(page.getByText(/^(正在打开…|Opening…)$/))
    .first()
    .waitFor({ state: 'hidden' })
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready)
}

const resident = (lang: Language): Shot[] => [
  { name: `resident-home${suffix(lang)}`, take: (town) => openPhone(town, { lang }) },
  { name: `resident-report${suffix(lang)}`, take: (town) => openReport(town, lang) },
  { name: `resident-progress${suffix(lang)}`, take: (town) => openPhone(town, { lang, path: 'progress/%open' }) },
  {
    name: `resident-rating${suffix(lang)}`,
    async take(town) {
      const page = await openPhone(town, { lang, path: 'progress/%answered' })
      await page.locator('.five').scrollIntoViewIfNeeded()
      return page
    },
  },
]

async function openReport(town: JourneyTown, lang: Language, elder = false): Promise<Page> {
  const page = await openPhone(town, { lang, elder, path: 'report' })
  await addPhoto(page, await takePhoto(lampCorner))
  await page.locator('.place-line .plate').waitFor()
  await settle(page)
  return page
}

const elder: Shot[] = [
  { name: 'elder-home', take: (town) => openPhone(town, { elder: true }) },
  { name: 'elder-report', take: (town) => openPhone(town, { elder: true, path: 'report' }) },
  { name: 'elder-progress', take: (town) => openPhone(town, { elder: true, path: 'progress/%open' }) },
]

async function openDesk(town: JourneyTown, account: string, lang: Language, path: string): Promise<Page> {
  const { page } = await town.openWorkbench(account, { lang, path })
  await settle(page)
  return page
}

/** Before the clock is moved for the matters of the phone: a desk at nine in the morning. */
const morning = (lang: Language): Shot[] => [
  {
    name: `workbench-queue${suffix(lang)}`,
    async take(town) {
      const page = await openDesk(town, 'dispatcher', lang, 'queue?tab=dispatch')
      await page.locator('.wb-queue-list li').nth(2).click()
      await page.locator('.wb-suggestion-head').waitFor()
      await settle(page)
      return page
    },
  },
  { name: `workbench-inbox${suffix(lang)}`, take: (town) => openDesk(town, 'housing-clerk', lang, 'list') },
]

const workbench = (lang: Language): Shot[] => [
  {
    name: `workbench-case${suffix(lang)}`,
    async take(town) {
      const { matters: known } = await matters(town)
      const caseId = await findCase(await town.api('housing-clerk'), known[0]!.number)
      return openDesk(town, 'housing-clerk', lang, `cases/${caseId}`)
    },
  },
  { name: `workbench-intake${suffix(lang)}`, take: (town) => openDesk(town, 'community', lang, 'intake') },
  { name: `workbench-users${suffix(lang)}`, take: (town) => openDesk(town, 'system-admin', lang, 'people') },
  { name: `workbench-audit${suffix(lang)}`, take: (town) => openDesk(town, 'audit-admin', lang, 'audit') },
]

const languages: Language[] = ['zh-CN', 'en']
const shots: Shot[] = [...languages.flatMap(morning), ...languages.flatMap(resident), ...elder, ...languages.flatMap(workbench)]

async function save(name: string, page: Page): Promise<void> {
  const raw = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  for (const colors of [128, 64, 32, 16]) {
    const small = await sharp(raw).png({ palette: true, colors, effort: 10, compressionLevel: 9 }).toBuffer()
    if (small.length > most && colors > 16) continue
    await writeFile(join(folder, `${name}.png`), small)
    console.log(`${name}.png ${Math.round(small.length / 1000)} kB`)
    return
  }
}

const wanted = process.argv.slice(2)
await mkdir(folder, { recursive: true })
const platform = await startTown()
const browser = await launchBrowser()
const seats: Parameters<typeof openTown>[2] = []
try {
  const town = await openTown(browser, platform, seats)
  for (const shot of shots.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))) {
    const page = await shot.take(town)
    await save(shot.name, page)
    await Promise.all(seats.splice(0).map(({ context }) => context.close()))
  }
} finally {
  await browser.close()
  await platform.stop()
}
