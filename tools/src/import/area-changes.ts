import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { AreaChangesRefused, changeAreas } from '@linli/access/server'
import { dayOf, formatDay } from '@linli/base/define'
import { StartError, systemActor, systemClock, transact } from '@linli/base/server'
import { type ImportValues, namer, Refused } from './import-command.ts'
import { withTarget } from './open-target.ts'
import { readChanges } from './read-changes.ts'

/** `area-changes`: a successor list, applied as a whole or not at all. */
export async function areaChanges(values: ImportValues): Promise<number> {
  if (!values.in) throw new Refused('area-changes needs --in FILE.csv')
  if (values.county || values.source || values['valid-from']) throw new Refused('area-changes takes --in alone')
  if (!existsSync(values.in)) throw new Refused(`there is no ${values.in}`)
  const source = basename(values.in)
  const { changes, problems } = await readChanges(values.in, formatDay(dayOf(Date.now())))
  const refuse = (lines: readonly { line: number; message: string }[]): number => {
    const refused = namer()
    for (const { line, message } of lines) refused.name(`${source}:${line}: ${message}`)
    refused.end()
    console.log(`area-changes: read ${changes.length + problems.length}, applied 0, there 0, refused ${lines.length}; nothing was changed`)
    return 2
  }
  if (problems.length > 0) return refuse(problems)
  return withTarget(async ({ pool }) => {
    try {
      const { applied, there } = await transact({ pool, clock: systemClock }, systemActor, (system) => changeAreas(system, changes, source))
      console.log(`area-changes: read ${changes.length}, applied ${applied}, there ${there}, refused 0`)
      return 0
    } catch (error) {
      if (error instanceof AreaChangesRefused) return refuse(error.problems)
      if ((error as { code?: string }).code === '55P03') throw new StartError(3, 'An import of areas is running on this database.')
      throw error
    }
  })
}
