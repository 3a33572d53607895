import type { InputOf } from '@linli/ui/client'
import type { Draft } from './draft.ts'

export type ReportBody = InputOf<'POST /public/appeals'>['body']

/** What is sent, but for the photos, which get their ids on the way. Staff read it, so filled-in words are Chinese. */
export function reportBody(draft: Draft, areaCode: string): ReportBody {
  const place = placeOf(draft)
  const body: ReportBody = { requestId: draft.requestId, detail: detailOf(draft, place), areaCode }
  const title = draft.saying ? [draft.spot, draft.saying].filter(Boolean).join(' ') : ''
  if (title) body.title = cut(title, 80)
  if (draft.category) body.category = draft.category
  if (draft.sameAs) body.sameAs = draft.sameAs
  if (place) body.place = cut(place, 120)
  if (draft.position) body.position = draft.position
  const phone = draft.phone.replace(/\s/g, '')
  const name = draft.name.trim()
  if (phone || name) body.contact = { ...(phone ? { phone } : {}), ...(name ? { name } : {}) }
  return body
}

export function placeOf(draft: Pick<Draft, 'spot' | 'extra'>): string {
  return [draft.spot, draft.extra.trim()].filter(Boolean).join(' ')
}

/** Three taps make a report: with a photo and no word, the detail says so. */
function detailOf(draft: Draft, place: string): string {
  const words = draft.detail.trim()
  if (words) return draft.saying && !words.includes(draft.saying) ? `${draft.saying}。${words}` : words
  return [draft.saying ?? '请看照片', place && `位置：${place}`].filter(Boolean).join('。')
}

const cut = (text: string, most: number): string => [...text].slice(0, most).join('')

/** Last four of the phone, or of the code when there was no phone: what the progress page asks for. */
export function tailOf(code: string, phone: string | undefined): string {
  const digits = (phone ?? '').replace(/\D/g, '')
  return (digits.length >= 4 ? digits : code.replace(/\D/g, '')).slice(-4)
}

export interface DraftProblem {
  field: 'area' | 'what' | 'phone' | 'detail' | 'name' | 'general'
  /** Key of the sentence, or what the server answered. */
  key?: string
  code?: string | undefined
  message?: string
}

const phonePattern = /^(?:1\d{10}|0\d{2,3}-?\d{7,8})$/

/** What must be mended before sending; the server checks everything again. */
export function problemsOf(draft: Draft, hasArea: boolean): DraftProblem[] {
  const problems: DraftProblem[] = []
  if (!hasArea) problems.push({ field: 'area', key: 'report.needArea' })
  if (draft.photos.length === 0 && !draft.detail.trim() && !draft.saying) problems.push({ field: 'what', key: 'report.needSomething' })
  const phone = draft.phone.replace(/\s/g, '')
  if (phone && !phonePattern.test(phone)) {
    const digits = phone.replace(/\D/g, '').length
    problems.push({ field: 'phone', key: /^1/.test(phone) && digits === 10 ? 'report.phoneShort' : 'report.phoneWrong' })
  }
  return problems
}

const fieldOfPath: Record<string, DraftProblem['field']> = {
  detail: 'detail',
  areaCode: 'area',
  'contact.phone': 'phone',
  'contact.name': 'name',
}

/** The server's refusal by field. */
export function refusalProblems({ code, detail, fields }: NonNullable<Draft['refusal']>): DraftProblem[] {
  if (!fields?.length) return [{ field: code === 'access.area_unknown' ? 'area' : 'general', code, message: detail }]
  return fields.map(({ path, message }) => ({ field: fieldOfPath[path] ?? 'general', message }))
}
