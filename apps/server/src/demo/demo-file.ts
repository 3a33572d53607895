import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { type DemoLogin, demoLogins } from './demo-logins.ts'
import { demoSecret, townDevices } from './town-devices.ts'
import { communityPlans } from './town-places.ts'

/** What README lines, journeys and acceptance read (DESIGN 7). */
export interface DemoFile {
  baseUrl: string
  mqttUrl: string | null
  /** What the simulated phones show: `GET {phonesUrl}phones`. */
  phonesUrl: string | null
  logins: DemoLogin[]
  devices: { code: string; secret: string; kind: string; subject: string }[]
  /** Two communities of one township with an open case each: what one sees, the other must not. */
  siblings: { areaCode: string; caseId: string }[]
}

/** Writes `demo.json` for its owner's eyes; whoever reads it meanwhile sees the old one or the new one, never half. */
export async function writeDemoFile(
  { dataDir, baseUrl, mqttUrl, phonesUrl }: Pick<DemoFile, 'baseUrl' | 'mqttUrl' | 'phonesUrl'> & { dataDir: string },
  siblings: DemoFile['siblings'],
): Promise<void> {
  const demo: DemoFile = {
    baseUrl,
    mqttUrl,
    phonesUrl,
    logins: demoLogins(),
    devices: townDevices().map(({ code, kind, subject }) => ({ code, secret: demoSecret(code), kind, subject })),
    siblings,
  }
  const path = join(dataDir, 'demo.json')
  const draft = `${path}.${newId()}`
  await writeFile(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, path)
}

/** The open case that was filed last in each of the two sibling communities. */
export async function findSiblings(system: Ctx): Promise<DemoFile['siblings']> {
  const codes = [communityPlans.oldEstate.code, communityPlans.commercialEstate.code]
  return system.rows(sql<DemoFile['siblings'][number]>`
    SELECT a.code AS "areaCode", f.case_id AS "caseId"
    FROM access.area a
    JOIN LATERAL (
      SELECT case_id FROM cases.case_file WHERE community_id = a.area_id AND status = 'open' ORDER BY opened_at DESC, case_id LIMIT 1
    ) f ON true
    WHERE a.code = ANY (${codes}::text[]) AND a.valid_to IS NULL ORDER BY a.code`)
}
