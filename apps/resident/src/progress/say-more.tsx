import { call } from '@linli/ui/client'
import { type KeptPhoto, photoStore, sendPhoto, takePhotos } from '@linli/ui/phone'
import { FieldError, Icon, PhotoSection, WordsField } from '@linli/ui/touch'
import { useQueryClient } from '@tanstack/react-query'
import { MessageSquarePlus, RotateCcw } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import { useAct } from '../frame/use-act.ts'
import { caseQuery, type PublicCase } from './use-case.ts'

interface Part {
  found: PublicCase
  tail: string
}

/** 补一句: words and photos added to what is under way. */
export function AddMore({ found, tail }: Part) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [done, setDone] = useState(false)
  const [words, setWords] = useState('')
  const [photos, setPhotos] = useState<readonly KeptPhoto[]>([])
  const [wrong, setWrong] = useState('')
  const { number } = found
  const { act, pending, error } = useAct(
    (body: { detail: string; attachments?: string[] }, requestId) =>
      call('POST /public/cases/:number/additions', { params: { number }, body: { ...body, requestId, tail } }),
    (result) => {
      client.setQueryData(caseQuery(number, tail).queryKey, result)
      for (const photo of photos) void photoStore.remove(photo.id)
      setWords('')
      setPhotos([])
      setOpen(false)
      setDone(true)
    },
  )
  const add = async (files: readonly File[]): Promise<void> => {
    setWrong('')
    const ids = await takePhotos(files)
    setPhotos((all) => [...all, ...ids.map((id) => ({ id }))])
    for (const id of ids) {
      const sent = await sendPhoto(id)
      if (sent.kind === 'sent') setPhotos((all) => all.map((photo) => (photo.id === id ? { id, fileId: sent.fileId } : photo)))
      else {
        setPhotos((all) => all.filter((photo) => photo.id !== id))
        setWrong(sent.kind === 'refused' ? problemWords(sent.error, t) : t('error.offline'))
      }
    }
  }
  const send = (event: FormEvent): void => {
    event.preventDefault()
    const attachments = photos.flatMap((photo) => photo.fileId ?? [])
    if (!words.trim() && attachments.length === 0) return setWrong(t('case.addNeed'))
    setWrong('')
    // Photos alone are an addition too; the wire wants a word, and staff read it.
    void act({ detail: words.trim() || '补充照片', ...(attachments.length > 0 ? { attachments } : {}) })
  }
  if (!found.canAdd) return null
  if (!open) {
    return (
      <>
        {done ? (
          <p className="note" role="status">
            {t('case.addDone')}
          </p>
        ) : null}
        <button type="button" className="btn wide" onClick={() => setOpen(true)}>
          <Icon of={MessageSquarePlus} />
          {t('case.add')}
        </button>
      </>
    )
  }
  return (
    <form className="sheet sheet-stack" onSubmit={send}>
      <h2>{t('case.add')}</h2>
      <p className="quiet">{t('case.addHint')}</p>
      <WordsField control={{ 'aria-label': t('case.addText') }} value={words} onChange={setWords} />
      <PhotoSection photos={photos} onAdd={add} onRemove={(id) => setPhotos((all) => all.filter((photo) => photo.id !== id))} />
      {wrong || error ? <FieldError id="add-error">{wrong || problemWords(error, t)}</FieldError> : null}
      <div className="btn-row">
        <button type="button" className="btn" onClick={() => setOpen(false)}>
          {t('app.cancel')}
        </button>
        <button type="submit" className="btn primary" aria-disabled={pending}>
          {t('case.addSend')}
        </button>
      </div>
    </form>
  )
}

/** 没解决，继续办: opens the matter again with a reason. */
export function Reopen({ found, tail }: Part) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState('')
  const { number } = found
  const { act, pending, error } = useAct(
    (body: { reason: string }, requestId) =>
      call('POST /public/cases/:number/reopen', { params: { number }, body: { ...body, requestId, tail } }),
    (result) => {
      client.setQueryData(caseQuery(number, tail).queryKey, result)
      setReason('')
      setOpen(false)
    },
  )
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (reason.trim().length < 2) return setWrong(t('case.reopenNeed'))
    setWrong('')
    void act({ reason: reason.trim() })
  }
  if (!found.canReopen) return null
  if (!open) {
    return (
      <button type="button" className="btn wide" onClick={() => setOpen(true)}>
        <Icon of={RotateCcw} />
        {t('case.reopen')}
      </button>
    )
  }
  return (
    <form className="sheet sheet-stack" onSubmit={send}>
      <h2>{t('case.reopen')}</h2>
      <p className="quiet">{t('case.reopenHint')}</p>
      <WordsField
        control={{ 'aria-label': t('case.reopenReason'), 'aria-invalid': wrong !== '' }}
        value={reason}
        onChange={setReason}
        most={500}
      />
      {wrong || error ? <FieldError id="reopen-error">{wrong || problemWords(error, t)}</FieldError> : null}
      <div className="btn-row">
        <button type="button" className="btn" onClick={() => setOpen(false)}>
          {t('app.cancel')}
        </button>
        <button type="submit" className="btn primary" aria-disabled={pending}>
          {t('case.reopenSend')}
        </button>
      </div>
    </form>
  )
}
