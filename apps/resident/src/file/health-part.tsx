import { relationName } from '@linli/registry/define'
import { type AnswerOf, call, newId } from '@linli/ui/client'
import { useNow } from '@linli/ui/phone'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'

type Notes = AnswerOf<'GET /residents/me/health-notes'>

const notesQuery = queryOptions({
  queryKey: ['resident', 'health-notes'],
  queryFn: ({ signal }) => call('GET /residents/me/health-notes', {}, signal),
})

/** 急救提示: what whoever is called to help should know; one's own, and for those one acts for. */
export function HealthPart() {
  const { t } = useTranslation()
  const language = useLanguage() === 'en' ? 'en' : 'zh'
  const { data } = useQuery(notesQuery)
  if (!data || (!data.own && data.family.length === 0)) return null
  return (
    <section className="section" aria-labelledby="file-health">
      <h2 id="file-health">{t('file.health')}</h2>
      <p className="quiet">{t('file.healthText')}</p>
      {data.own ? <NoteSheet title={t('file.healthOwn')} note={data.own.note} at={data.own.at} /> : null}
      {data.family.map(({ proxyId, name, relation, at }) => (
        <NoteSheet
          key={proxyId}
          proxyId={proxyId}
          title={t('file.healthOf', { name, relation: relationName(relation, language) })}
          note={null}
          at={at}
        />
      ))}
    </section>
  )
}

function NoteSheet({ proxyId, title, note, at }: { proxyId?: string; title: string; note: string | null; at: string | null }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const id = useId()
  const queryClient = useQueryClient()
  const [text, setText] = useState<string>()
  const write = useMutation({
    mutationFn: (said: string | null) =>
      call('POST /residents/me/health-notes', {
        body: { requestId: newId(), ...(proxyId && { proxyId }), note: said, textVersion: '2026-11' },
      }),
    onSuccess: (notes: Notes) => {
      queryClient.setQueryData(notesQuery.queryKey, notes)
      setText(undefined)
    },
  })
  return (
    <div className="sheet sheet-stack">
      <p className="strong">{title}</p>
      {note ? <p lang="zh-CN">{note}</p> : null}
      <p className="quiet">{at ? t('file.healthSince', { at: time.moment(at, now) }) : t('file.healthNone')}</p>
      {text === undefined ? (
        <button type="button" className="btn wide" onClick={() => setText(note ?? '')}>
          {t(at ? 'file.healthChange' : 'file.healthWrite')}
        </button>
      ) : (
        <>
          <label className="strong" htmlFor={id}>
            {t('file.healthNow')}
          </label>
          <textarea id={id} className="input" rows={3} maxLength={200} value={text} onChange={(event) => setText(event.target.value)} />
          <p>{t('file.healthConsent')}</p>
          <button
            type="button"
            className="btn primary wide"
            disabled={write.isPending || !text.trim()}
            onClick={() => write.mutate(text.trim())}
          >
            {t('file.healthSave')}
          </button>
        </>
      )}
      {at ? (
        <button type="button" className="btn wide" disabled={write.isPending} onClick={() => write.mutate(null)}>
          {t('file.healthDelete')}
        </button>
      ) : null}
      {write.error ? (
        <p className="field-error" role="alert">
          {problemWords(write.error, t)}
        </p>
      ) : null}
    </div>
  )
}
