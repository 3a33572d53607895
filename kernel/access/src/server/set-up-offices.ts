import { type Ctx, sql } from '@linli/base/server'
import { organizationKinds, organizationTemplates } from '../define/organization-kinds.ts'
import { AccountError } from './account-error.ts'
import { type AreaRow, findArea } from './find-area.ts'
import { addOrganization } from './place-areas.ts'

export interface Office {
  orgId: string
  kind: string
  name: string
  areaId: string
}

/**
 * The offices of a county and of every township and community in it, after the template that says who leads the grid. As system.
 * What is there by the same name stays; the names can be changed afterwards. `phones` gives offices by name the numbers they answer,
 * new ones and those that are there: a changed number is brought in by setting up again.
 */
export async function setUpOffices(
  ctx: Ctx,
  templateKey: string,
  county: string,
  phones: Readonly<Record<string, string>> = {},
): Promise<Office[]> {
  const template = organizationTemplates.find(({ key }) => key === templateKey)
  if (!template) throw new Error(`no organization template ${templateKey}`)
  const root = await findArea(ctx, county)
  if (!root) throw AccountError('area_unknown', { detail: `没有区划 ${county}` })
  const areas = await ctx.rows(sql<Pick<AreaRow, 'areaId' | 'level' | 'kind' | 'name' | 'countyId'>>`
    SELECT area_id AS "areaId", level, kind, name FROM access.area
    WHERE area_path >= ${root.areaPath} AND area_path < ${root.areaPath} || '~' AND level IN ('county', 'township', 'community') AND valid_to IS NULL
    ORDER BY area_path`)
  const made: Office[] = []
  for (const area of areas) {
    const kinds = template[area.level as 'county' | 'township' | 'community']
    for (const wanted of kinds) {
      const kind = wanted === 'government' ? governmentOf(area.kind) : wanted
      const name = area.name + suffixOf(kind, area.kind)
      const phone = phones[name]
      const here = await ctx.find(sql<{ orgId: string }>`
        SELECT org_id AS "orgId" FROM access.organization WHERE area_id = ${area.areaId} AND name = ${name}`)
      if (here) {
        if (phone) await ctx.run(sql`UPDATE access.organization SET phone = ${phone} WHERE org_id = ${here.orgId}::uuid`)
        continue
      }
      const parentId = made.find((office) => office.areaId === root.areaId && office.kind === parentKind(kind))?.orgId
      const orgId = await addOrganization(ctx, { kind, name, area: area.areaId, parentId, template: template.key, phone })
      made.push({ orgId, kind, name, areaId: area.areaId })
    }
  }
  return made
}

const governmentOf = (townshipKind: string): string => (townshipKind === 'subdistrict' ? 'subdistrictOffice' : 'townGovernment')

/** A community governs itself, so its committee has no superior; offices answer to their like in the county. */
function parentKind(kind: string): string | undefined {
  if (kind === 'subdistrictOffice' || kind === 'townGovernment') return 'countyGovernment'
  return kind === 'residentsCommittee' || kind === 'partyBranch' ? undefined : kind
}

function suffixOf(kind: string, areaKind: string): string {
  if (kind === 'residentsCommittee' && areaKind === 'village') return '村民委员会'
  const suffix = organizationKinds.find(({ key }) => key === kind)?.suffix
  if (!suffix) throw new Error(`organizations of kind ${kind} have names of their own`)
  return suffix
}
