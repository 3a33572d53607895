import type { AnswerOf, InputOf } from '@linli/ui/client'
import type { Refusal, WithPhotos } from '@linli/ui/phone'
import type { EpisodeView } from '../api/queries.ts'
import type { FieldPhoto, StepDraft } from '../cases/draft.ts'
import type { ReportDraft } from '../report/draft.ts'
import type { VisitDraft, VisitedAlarm } from '../visit/draft.ts'
import { type EpisodeMove, isEpisodeMove } from './moves.ts'

/** Something done on this phone that the server has not answered. Its body never changes again: a repeat must be the same request. */
interface Waiting {
  requestId: string
  /** Whose doing it is: nobody else's session sends it. */
  accountId: string
  /** What it was about, for a phone that has nothing else to show. */
  name: string
  /** Milliseconds; when it was done. */
  at: number
  /** The post under which it was done; absent in what an earlier release kept. */
  postId?: string
  refusal?: Refusal
}

/** A step of an alarm. */
export interface QueuedMove extends Waiting {
  kind: 'move'
  episodeId: string
  key: EpisodeMove
  body: Omit<InputOf<'POST /episodes/:episodeId/moves/:key'>['body'], 'requestId'>
}

/** An event that was reported. */
export interface QueuedReport extends Waiting, WithPhotos {
  kind: 'report'
  body: Omit<InputOf<'POST /cases'>['body'], 'requestId' | 'attachments'>
  /** To put back for mending should the server refuse it. */
  draft: ReportDraft
}

/** A visit, with what it found changed. */
export interface QueuedVisit extends Waiting, WithPhotos {
  kind: 'visit'
  personId: string
  /** The alarm that sent the visitor there: by what was found it ends. */
  alarm?: VisitedAlarm
  body: Omit<InputOf<'POST /persons/:personId/visits'>['body'], 'requestId' | 'attachments'>
  draft: VisitDraft
}

/** A step of a matter, decided on the state that the phone showed. */
export interface QueuedStep extends Waiting, WithPhotos {
  kind: 'step'
  caseId: string
  key: string
  /** As the definition calls it, in Chinese. */
  stepName: string
  photos: readonly FieldPhoto[]
  body: Omit<InputOf<'POST /cases/:caseId/moves/:key'>['body'], 'requestId'>
  draft: StepDraft
}

export type QueuedItem = QueuedMove | QueuedReport | QueuedVisit | QueuedStep

/** An item and what the server said to it. */
export type Answered =
  | { kind: 'move'; item: QueuedMove; answer: AnswerOf<'POST /episodes/:episodeId/moves/:key'> }
  | { kind: 'report'; item: QueuedReport; answer: AnswerOf<'POST /cases'> }
  | { kind: 'visit'; item: QueuedVisit; answer: AnswerOf<'POST /persons/:personId/visits'> & { episode?: EpisodeView } }
  | { kind: 'handedIn'; item: QueuedItem; answer: AnswerOf<'POST /backlog'> }
  | { kind: 'step'; item: QueuedStep; answer: AnswerOf<'POST /cases/:caseId/moves/:key'> }

/** What was stored, perhaps by an earlier release, which kept steps of alarms only and did not say so. */
export function readItems(stored: unknown): readonly QueuedItem[] | undefined {
  return Array.isArray(stored) ? stored.flatMap((item) => readItem(item) ?? []) : undefined
}

function readItem(stored: Partial<QueuedItem> | null): QueuedItem | undefined {
  if (typeof stored?.requestId !== 'string' || !stored.body) return undefined
  const item = { kind: 'move', ...stored } as QueuedItem
  if (item.kind === 'move') return isEpisodeMove(item.key) ? item : undefined
  return Array.isArray(item.photos) ? item : undefined
}

export const photosOf = (item: QueuedItem): WithPhotos['photos'] => (item.kind === 'move' ? [] : item.photos)
