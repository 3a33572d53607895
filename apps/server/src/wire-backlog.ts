import * as caseContract from '@linli/cases/contract'
import { type CasesDeps, getFile, moveCase, openAsFiled } from '@linli/cases/server'
import { type BacklogKind, defineBacklogKind } from '@linli/exchange/server'
import * as registryContract from '@linli/registry/contract'
import { type RegistryDeps, recordVisit } from '@linli/registry/server'
import * as signalContract from '@linli/signals/contract'
import { moveEpisode, type SignalsDeps, visitEpisode } from '@linli/signals/server'
import { z } from 'zod'

/** What phones of grid workers keep, as somebody else takes it over: each by the same verb that the phone would have called, and by the right to it. */
export function backlogKinds(cases: CasesDeps, registry: RegistryDeps, signals: SignalsDeps): BacklogKind[] {
  return [
    defineBacklogKind({
      key: 'report',
      permission: caseContract.openCase.permission,
      params: z.object({}),
      body: caseContract.openCase.body,
      write: async (ctx, _, body, note) => (await openAsFiled(ctx, cases, { ...body, detail: `${body.detail}${note}` })).caseId,
    }),
    defineBacklogKind({
      key: 'step',
      permission: caseContract.moveCase.permission,
      params: caseContract.moveCase.params,
      body: caseContract.moveCase.body,
      // Whoever takes it over has read where the matter is now, and decides on that.
      write: async (ctx, { caseId, key }, { data }) => {
        const { seq } = await getFile(ctx, caseId)
        await moveCase(ctx, cases, { caseId, key, expectedSeq: seq, data })
        return caseId
      },
    }),
    defineBacklogKind({
      key: 'visit',
      permission: registryContract.recordVisit.permission,
      params: registryContract.recordVisit.params,
      body: registryContract.recordVisit.body,
      write: async (ctx, { personId }, body, note) => {
        await recordVisit(ctx, registry, personId, { ...body, note: `${body.note ?? ''}${note}` })
        return personId
      },
    }),
    defineBacklogKind({
      key: 'alarm-visit',
      permission: signalContract.visitEpisode.permission,
      params: signalContract.visitEpisode.params,
      body: signalContract.visitEpisode.body,
      write: async (ctx, { episodeId }, body, note) => {
        await visitEpisode(ctx, signals, episodeId, { ...body, note: `${body.note ?? ''}${note}` })
        return episodeId
      },
    }),
    defineBacklogKind({
      key: 'alarm-step',
      permission: signalContract.moveEpisode.permission,
      params: signalContract.moveEpisode.params,
      body: signalContract.moveEpisode.body,
      write: async (ctx, { episodeId, key }, body, note) => {
        await moveEpisode(ctx, signals, episodeId, { ...body, key, text: `${body.text}${note}` })
        return episodeId
      },
    }),
  ]
}
