import { type AnswerOf, type ApiError, call } from '@linli/ui/client'
import { photosOf, type QueuedItem, type QueuedStep } from './items.ts'

const forbidden: ReadonlySet<string> = new Set(['access.forbidden', 'access.area_forbidden'])
/** What somebody at another post does not see is not there for him. */
const unseen: ReadonlySet<string> = new Set(['case.not_found', 'registry.person_unknown', 'signals.episode_unknown'])

/** Whether a refusal says that the right to the work is gone, with the post or by another one. */
export const isRightLost = ({ code }: ApiError, { postId }: QueuedItem, actingPost: string | undefined): boolean =>
  forbidden.has(code) || (unseen.has(code) && postId !== undefined && postId !== actingPost)

/** Hands work in for whoever works there now: the community takes it over, or says why not. Handed in twice it is one. */
export function handIn(item: QueuedItem, why: string): Promise<AnswerOf<'POST /backlog'>> {
  const { requestId, at, postId, name } = item
  const attachments = photosOf(item).flatMap(({ fileId }) => fileId ?? [])
  return call('POST /backlog', {
    body: {
      requestId,
      why,
      label: [...labelOf(item, name)].slice(0, 120).join(''),
      madeAt: new Date(at).toISOString(),
      attachments,
      ...(postId && { postId }),
      ...workOf(item, attachments),
    },
  })
}

const labelOf = (item: QueuedItem, name: string): string => (item.kind === 'step' ? `${name}：${item.stepName}` : name || '—')

interface Work {
  kind: string
  params?: Record<string, string>
  body: Record<string, unknown>
}

/** The same request that the phone would have sent. */
function workOf(item: QueuedItem, fileIds: readonly string[]): Work {
  const attachments = fileIds.length > 0 ? { attachments: [...fileIds] } : {}
  switch (item.kind) {
    case 'move':
      return { kind: 'alarm-step', params: { episodeId: item.episodeId, key: item.key }, body: item.body }
    case 'report':
      return { kind: 'report', body: { ...item.body, ...attachments } }
    case 'visit':
      return item.alarm
        ? {
            kind: 'alarm-visit',
            params: { episodeId: item.alarm.episodeId },
            body: { ...item.body, ...attachments, openCase: item.alarm.openCase },
          }
        : { kind: 'visit', params: { personId: item.personId }, body: { ...item.body, ...attachments } }
    case 'step':
      return {
        kind: 'step',
        params: { caseId: item.caseId, key: item.key },
        body: { ...item.body, data: { ...item.body.data, ...filesOf(item) } },
      }
  }
}

/** The photos that are there, as answers of the fields that asked for them. */
export function filesOf({ photos }: QueuedStep): Record<string, string[]> {
  const files: Record<string, string[]> = {}
  for (const { field, fileId } of photos) if (fileId) files[field] = [...(files[field] ?? []), fileId]
  return files
}
