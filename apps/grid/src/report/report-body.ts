import { lateNote } from '../frame/late-note.ts'
import type { QueuedReport } from '../kept/items.ts'
import type { ReportDraft } from './draft.ts'

/** What a report lacks, as keys of its sentences; the server judges everything again. */
export function problemsOf({ photos, detail, saying, category }: ReportDraft): ('category' | 'what')[] {
  return [...(category ? [] : ['category' as const]), ...(photos.length > 0 || detail.trim() || saying ? [] : ['what' as const])]
}

/** What is sent, but for the photos, which get their ids on the way. Staff read it, so filled-in words are Chinese. */
export function reportBody(draft: ReportDraft, areaCode: string, madeWithoutLine?: number): QueuedReport['body'] {
  const place = draft.place.trim()
  const body: QueuedReport['body'] = {
    kind: 'event',
    channel: 'grid',
    detail: [detailOf(draft), madeWithoutLine === undefined ? '' : lateNote(madeWithoutLine)].join(''),
    level: draft.level,
    areaCode,
  }
  if (draft.saying) body.title = cut([place, draft.saying].filter(Boolean).join(' '), 80)
  if (draft.category) body.category = draft.category
  if (place) body.place = place
  if (draft.position) body.position = draft.position
  if (draft.subjects?.length) body.subjects = draft.subjects.map(({ ref }) => ref)
  return body
}

/** A photo and a tap make a report: the words then say what was tapped. */
function detailOf({ detail, saying }: ReportDraft): string {
  const words = detail.trim()
  if (!words) return `${saying ?? '请看照片'}。`
  return saying && !words.includes(saying) ? `${saying}。${words}` : words
}

const cut = (text: string, most: number): string => [...text].slice(0, most).join('')
