import { routes as accessRoutes, createAreaBook, createSessions } from '@linli/access/server'
import { aTown, type Town, type TownPost } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { adoptFiles } from '@linli/base/server'
import { type TestDatabase, type TestDatabaseOptions, testDatabase, testHttp } from '@linli/base/testing'
import type { PersonFile } from '../contract/person.ts'
import { checkDigitOf } from '../define/identity-number.ts'
import type { RegistryDeps } from '../server/deps.ts'
import { peopleHandover } from '../server/hand-over-people.ts'
import { registryRoutes } from '../server/routes.ts'

interface Answer {
  status: number
  json<T>(): T
}

export interface RegistryUnderTest {
  db: TestDatabase
  town: Town
  deps: RegistryDeps
  send(by: TownPost, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer>
  /** A dwelling in the building of a cell; answers its id. */
  aDwelling(by: TownPost, cell: string, dwelling?: string): Promise<string>
  /** A new person of 幸福社区; answers the id. */
  aPerson(values: { name: string; idNumber?: string; phone?: string }, more?: object): Promise<string>
  file(personId: string, by?: TownPost): Promise<PersonFile>
  /** One change on top of what the file says now. */
  change(personId: string, change: object, by?: TownPost): Promise<Answer>
  close(): Promise<void>
}

/** The routes of this engine over a town. */
export async function aRegistry({
  sections = [],
  dwellingSections = [],
  erasureHolds = [],
  ...options
}: TestDatabaseOptions & Partial<Pick<RegistryDeps, 'sections' | 'dwellingSections' | 'erasureHolds'>> = {}): Promise<RegistryUnderTest> {
  const db = await testDatabase({ through: 'registry', ...options })
  const town = await db.system((system) => aTown(system))
  const sessions = createSessions({ pool: db.pool, clock: db.clock, publicUrl: 'http://127.0.0.1' })
  const areas = createAreaBook(db.clock)
  const deps: RegistryDeps = { ...db.deps, sessions, findArea: areas.find, adoptFiles, sections, dwellingSections, erasureHolds }
  const app = await testHttp((http) => {
    accessRoutes(http, { ...db.deps, sessions, areas, participants: [peopleHandover] })
    registryRoutes(http, deps)
  })
  const send: RegistryUnderTest['send'] = async (by, method, path, body) => {
    const answer = await app.inject({ method, url: `/api/v1${path}`, headers: town.signIn(by), ...(body && { payload: body }) })
    return { status: answer.statusCode, json: () => answer.json() }
  }
  const file: RegistryUnderTest['file'] = async (personId, by = 'communityWorker') => (await send(by, 'GET', `/persons/${personId}`)).json()
  return {
    db,
    town,
    deps,
    send,
    async aDwelling(by, cell, dwelling = '501室') {
      const answer = await send(by, 'POST', '/addresses', {
        requestId: newId(),
        buildingId: town.buildings[cell],
        entrance: '2单元',
        dwelling,
      })
      if (answer.status !== 201) throw new Error(`no dwelling: ${answer.status} ${JSON.stringify(answer.json())}`)
      return answer.json<{ addressId: string }>().addressId
    },
    async aPerson(values, more = {}) {
      const body = { requestId: newId(), values, communityCode: town.areas.xingfu.code, source: 'visit', ...more }
      const answer = await send('communityWorker', 'POST', '/persons', body)
      if (answer.status !== 201) throw new Error(`no person: ${answer.status} ${JSON.stringify(answer.json())}`)
      return answer.json<{ personId: string }>().personId
    },
    file,
    async change(personId, change, by = 'communityWorker') {
      const { seq } = await file(personId)
      return send(by, 'POST', `/persons/${personId}/changes`, { requestId: newId(), expectedSeq: seq, source: 'counter', change })
    },
    close: async () => {
      await app.close()
      await db.close()
    },
  }
}

/** A number that can be one, of nobody: the region 239999 was never given out. */
export function anIdNumber(birthDate: string, sequence: number): string {
  const first = `239999${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return first + checkDigitOf(first)
}
