import { careGroups } from '@linli/registry/define'
import { call } from '@linli/ui/client'
import { queryOptions } from '@tanstack/react-query'
import { mostAlong, type PersonFile } from './along.ts'

export const findQuery = (q: string) =>
  queryOptions({
    queryKey: ['people', 'found', q],
    queryFn: ({ signal }) => call('GET /persons', { query: { q, limit: 50 } }, signal),
    enabled: [...q].length > 1,
  })

/** Who lives or lived at the same address. */
export const homeQuery = (address: string) =>
  queryOptions({
    queryKey: ['people', 'home', address],
    queryFn: ({ signal }) => call('GET /persons', { query: { address, limit: 50 } }, signal),
  })

export const visitsQuery = (personId: string) =>
  queryOptions({
    queryKey: ['people', 'visits', personId],
    queryFn: ({ signal }) => call('GET /persons/:personId/visits', { params: { personId } }, signal),
  })

/** The latest alarms about one person: which of them a visit answered. */
export const alarmsOfQuery = (subjectId: string) =>
  queryOptions({
    queryKey: ['episodes', 'about', subjectId],
    queryFn: ({ signal }) => call('GET /episodes', { query: { subjectId, limit: 20 } }, signal),
  })

/** Who has to be looked after in the own cell, those who live alone first: their files, one by one, for every opening is on record. */
export async function readRound(onRead: (read: number, all: number) => void): Promise<PersonFile[]> {
  const ids = new Set<string>()
  for (const { key } of careGroups) {
    if (ids.size >= mostAlong) break
    const { items } = await call('GET /persons', { query: { careGroup: key, status: 'here', limit: mostAlong } })
    for (const { personId } of items) ids.add(personId)
  }
  const wanted = [...ids].slice(0, mostAlong)
  const files: PersonFile[] = []
  for (const personId of wanted) {
    files.push(await call('GET /persons/:personId', { params: { personId } }))
    onRead(files.length, wanted.length)
  }
  return files
}
