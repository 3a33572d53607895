import { isOutOfReach, newId } from '@linli/ui/client'
import { type DraftValue, type FormDraft, formWordsEn, formWordsZh, parseForm, problemsByField, toFormData } from '@linli/ui/forms'
import { useKept } from '@linli/ui/phone'
import { useDefinitionText, useLanguage } from '@linli/ui/text'
import { useRef, useState } from 'react'
import { useServerNow } from '../alarm/alarm-watch.tsx'
import { draftPhotos } from '../frame/draft-photos.ts'
import { lateNote } from '../frame/late-note.ts'
import { keepAndSend } from '../kept/queue.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { changeStep, clearStep, findStep, type StepDraft, stepDrafts } from './draft.ts'
import type { CaseView, MoveOffer } from './queries.ts'

type Form = NonNullable<MoveOffer['form']>

/** The form of one step being filled in, and its making: kept on the phone first, sent when it can, and once in any case. */
export function useStep({ caseId, seq, title, category, level, appealType }: CaseView, offer: MoveOffer) {
  const { accountId } = useOwnMe()
  const word = useDefinitionText()
  const language = useLanguage()
  const now = useServerNow()
  const of = { accountId, caseId, key: offer.key }
  const form: Form = offer.form ?? { fields: [] }
  const [fresh] = useState<StepDraft>(() => ({
    ...of,
    changedAt: 0,
    values: { ...(offer.initial as FormDraft | null), ...known(form, { category, level, appealType }) },
    photos: [],
  }))
  const draft = findStep(useKept(stepDrafts), of) ?? fresh
  const latest = (): StepDraft => findStep(stepDrafts.get(), of) ?? fresh
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [attempt, setAttempt] = useState(0)
  const isMade = useRef(false)

  return {
    draft,
    errors,
    attempt,
    change(key: string, value: DraftValue): void {
      changeStep(latest(), { values: { ...latest().values, [key]: value } })
    },
    /** The photos of one field of the form. */
    photosOf(field: string) {
      const own = () => latest().photos.filter((photo) => photo.field === field)
      return {
        photos: draft.photos.filter((photo) => photo.field === field),
        ...draftPhotos({
          photos: own,
          change: (photos) =>
            changeStep(latest(), {
              photos: [...latest().photos.filter((photo) => photo.field !== field), ...photos.map((photo) => ({ ...photo, field }))],
            }),
        }),
      }
    },
    /** True when it is kept; pressed twice is done once. */
    make(): boolean {
      if (isMade.current) return false
      const { values, photos } = latest()
      const typed = toFormData(form, values)
      const spoken = { fields: form.fields.map((field) => ({ ...field, label: word(`field.${field.key}`, field.label) })) }
      const asked = { ...typed, ...photoIds(photos) }
      const parsed = parseForm(spoken, asked, new Date(now), language === 'zh-CN' ? formWordsZh : formWordsEn)
      const keys = form.fields.map(({ key }) => key)
      setAttempt((times) => times + 1)
      setErrors(parsed.ok ? {} : problemsByField(keys, parsed.problems))
      if (!parsed.ok) return false
      isMade.current = true
      const at = Date.now()
      const data = isOutOfReach() ? withLateNote(form, typed, at) : typed
      void keepAndSend({
        kind: 'step',
        requestId: newId(),
        accountId,
        caseId,
        name: title,
        key: offer.key,
        stepName: offer.name,
        at,
        body: { expectedSeq: seq, data },
        photos,
        photosLost: 0,
        draft: latest(),
      })
      clearStep(of)
      return true
    },
  }
}

/** What the matter says already is not asked again. */
function known(form: Form, facts: Record<'category' | 'level' | 'appealType', string | null>): FormDraft {
  const draft: FormDraft = {}
  for (const { key } of form.fields) {
    const fact = key in facts ? facts[key as keyof typeof facts] : null
    if (fact) draft[key] = fact
  }
  return draft
}

/** Ids of photos on the phone stand in for those that they will get. */
function photoIds(photos: StepDraft['photos']): Record<string, string[]> {
  const ids: Record<string, string[]> = {}
  for (const { field, id } of photos) ids[field] = [...(ids[field] ?? []), id]
  return ids
}

/** The first sentence says when it was written, for the server knows only when it heard of it. */
function withLateNote(form: Form, data: Record<string, unknown>, at: number): Record<string, unknown> {
  const note = lateNote(at)
  const said = form.fields.find(
    (field) =>
      field.type === 'text' &&
      (field.lines ?? 1) > 1 &&
      typeof data[field.key] === 'string' &&
      roomIn(field.max, data[field.key] as string) >= note.length,
  )
  return said ? { ...data, [said.key]: `${data[said.key] as string}${note}` } : data
}

const roomIn = (max: number, text: string): number => max - text.trim().length
