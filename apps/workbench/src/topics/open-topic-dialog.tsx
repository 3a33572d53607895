import { ApiError, call } from '@linli/ui/client'
import { KeyCap, newId, useDefinitionText } from '@linli/ui/desk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { categoriesQuery } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import { topics } from './queries.ts'

interface OpenTopicDialogProps {
  onClose(): void
  onDone(topicId: string): void
}

/** A topic of one's own place: what it is called, and by what category and words it gathers. */
export function OpenTopicDialog({ onClose, onDone }: OpenTopicDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const text = useDefinitionText()
  const say = useProblemText()
  const queryClient = useQueryClient()
  const { data: categories } = useQuery(categoriesQuery)
  const intent = useRef<Intent>(undefined)
  const [topic, setTopic] = useState({ title: '', category: '', words: '' })
  const send = useMutation({
    mutationFn: () => {
      const words = topic.words.split(/[\s、，,;；]+/u).filter(Boolean)
      const body = { title: topic.title.trim(), categories: topic.category ? [topic.category] : [], words }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /topics', { body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: (view) => {
      void queryClient.invalidateQueries({ queryKey: [topics] })
      onClose()
      onDone(view.topicId)
    },
  })
  const problems = send.error instanceof ApiError ? (send.error.problem.fields ?? []) : []
  const wrong = (path: string) => problems.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message
  const fields = [
    ['title', t('topics.topic'), wrong('title')],
    ['words', t('topics.byWords'), wrong('words')],
  ] as const
  return (
    <Dialog
      title={t('topics.add')}
      width="32rem"
      onClose={onClose}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('desk.cancel')}
            <KeyCap>Esc</KeyCap>
          </button>
          <button
            type="button"
            className="dk-button dk-button-primary"
            disabled={send.isPending || topic.title.trim().length < 2 || !topic.category}
            onClick={() => send.mutate()}
          >
            {t('topics.add')}
          </button>
        </div>
      }
    >
      <div className="wb-dialog-body">
        <p className="wb-info">{t('topics.addText')}</p>
        {send.error && problems.length === 0 ? (
          <p className="dk-error" role="alert">
            {say(send.error)}
          </p>
        ) : null}
        <div className="dk-form">
          {fields.map(([key, label, problem]) => (
            <div key={key} className="dk-field">
              <label className="dk-label" htmlFor={`${id}-${key}`}>
                {label}
              </label>
              <input
                id={`${id}-${key}`}
                className="dk-input"
                maxLength={key === 'title' ? 60 : 200}
                value={topic[key]}
                aria-invalid={problem ? true : undefined}
                onChange={(event) => setTopic({ ...topic, [key]: event.currentTarget.value })}
              />
              {problem ? <p className="dk-error">{problem}</p> : null}
            </div>
          ))}
          <div className="dk-field">
            <label className="dk-label" htmlFor={`${id}-category`}>
              {t('topics.byCategory')}
            </label>
            <select
              id={`${id}-category`}
              className="dk-input"
              value={topic.category}
              onChange={(event) => setTopic({ ...topic, category: event.currentTarget.value })}
            >
              <option value="">{t('topics.chooseCategory')}</option>
              {categories?.items.map((category) => (
                <option key={category.key} value={category.key}>
                  {text(`category.${category.key}`, category.name)}
                </option>
              ))}
            </select>
            {wrong('categories') ? <p className="dk-error">{wrong('categories')}</p> : null}
          </div>
        </div>
      </div>
    </Dialog>
  )
}
