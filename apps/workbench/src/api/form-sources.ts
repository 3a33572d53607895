import { call, upload } from '@linli/ui/client'
import type { FormSources, PickOption } from '@linli/ui/desk'

interface Suggested {
  orgId: string
  orgName: string
  clauseNo: string
}

/** Lists behind the long fields of a form; `say` puts the refusal of a file in words. Units that the routing suggests for this case come first while nothing is typed. */
export function formSources(suggested: readonly Suggested[] | undefined, say: (error: unknown) => string): FormSources {
  return {
    async organizations(words, signal) {
      const { items } = await call('GET /organizations', { query: words.trim() ? { q: words.trim() } : {} }, signal)
      const found = items.map((org): PickOption => ({ id: org.orgId, label: org.name, note: org.areaName }))
      if (words.trim()) return found
      const first = (suggested ?? []).map((one): PickOption => ({ id: one.orgId, label: one.orgName, note: one.clauseNo }))
      const ids = new Set(first.map((one) => one.id))
      return [...first, ...found.filter((one) => !ids.has(one.id))]
    },
    async colleagues(words, signal) {
      const { items } = await call('GET /colleagues', { query: words.trim() ? { q: words.trim() } : {} }, signal)
      return items.map((one) => ({ id: one.accountId, label: one.name, note: one.roleName }))
    },
    send: (file) =>
      upload(file, file.name).catch((error: unknown) => {
        throw new Error(say(error))
      }),
  }
}
