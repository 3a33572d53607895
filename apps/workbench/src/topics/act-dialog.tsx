import { ApiError, call } from '@linli/ui/client'
import { type DraftValue, type FormDraft, FormFields, KeyCap, newId, toFormData } from '@linli/ui/desk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formSources } from '../api/form-sources.ts'
import { type Intent, nextIntent } from '../api/intent.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import { type TopicAct, type TopicView, topicQuery, topics } from './queries.ts'

interface ActDialogProps {
  topic: TopicView
  act: TopicAct
  onClose(): void
}

/** One line for the record of a topic, with what it must say. */
export function ActDialog({ topic, act, onClose }: ActDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const say = useProblemText()
  const queryClient = useQueryClient()
  const intent = useRef<Intent>(undefined)
  const [draft, setDraft] = useState<FormDraft>({})
  const form = { fields: fieldsOf(act, t) }
  const send = useMutation({
    mutationFn: () => {
      const filled = toFormData(form, draft)
      const data: { words?: string; toWhom?: string; ownerOrgId?: string } = Object.fromEntries(
        Object.entries(nameOf).flatMap(([key, name]) => (typeof filled[key] === 'string' && filled[key] ? [[name, filled[key]]] : [])),
      )
      const body = { ...data, expectedVersion: topic.version }
      intent.current = nextIntent(intent.current, { act, ...body }, newId)
      return call('POST /topics/:topicId/acts/:act', {
        params: { topicId: topic.topicId, act },
        body: { ...body, requestId: intent.current.requestId },
      })
    },
    onSuccess: (view) => {
      queryClient.setQueryData(topicQuery(topic.topicId).queryKey, view)
      void queryClient.invalidateQueries({ queryKey: [topics, 'list'] })
      onClose()
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: [topics, 'one', topic.topicId] }),
  })
  const problems = send.error instanceof ApiError ? (send.error.problem.fields ?? []) : []
  const errors = Object.fromEntries(
    Object.entries(nameOf).flatMap(([key, name]) => problems.filter(({ path }) => path === name).map(({ message }) => [key, message])),
  )
  return (
    <Dialog
      title={t(`topics.acts.${act}`)}
      width="34rem"
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
            disabled={send.isPending}
            aria-busy={send.isPending || undefined}
            onClick={() => send.mutate()}
          >
            {t(`topics.acts.${act}`)}
          </button>
        </div>
      }
    >
      <div className="wb-dialog-body">
        <p className="wb-info">{t(`topics.actTexts.${act}`)}</p>
        {send.error && Object.keys(errors).length === 0 ? (
          <p className="dk-error" role="alert">
            {say(send.error)}
          </p>
        ) : null}
        <FormFields
          form={form}
          draft={draft}
          onChange={(key: string, value: DraftValue) => setDraft({ ...draft, [key]: value })}
          errors={errors}
          sources={formSources(undefined, say)}
          idPrefix={id}
        />
      </div>
    </Dialog>
  )
}

/** Keys of the form, which no scene has words for, and what the API calls them. */
const nameOf: Readonly<Record<string, string>> = { topicWords: 'words', topicToWhom: 'toWhom', topicOwner: 'ownerOrgId' }

function fieldsOf(act: TopicAct, t: (key: string) => string) {
  const words = {
    key: 'topicWords',
    label: t(act === 'answer' ? 'topics.answerWords' : 'topics.reason'),
    type: 'text',
    min: 2,
    max: 2000,
  } as const
  const required = { required: true, basis: t('topics.basis') } as const
  if (act === 'publish') return []
  if (act === 'assign') return [{ key: 'topicOwner', label: t('topics.owner'), type: 'organization', ...required } as const]
  if (act === 'answer')
    return [
      { ...words, lines: 5, ...required },
      { key: 'topicToWhom', label: t('topics.toWhom'), type: 'text', min: 2, max: 200, ...required } as const,
    ]
  return [{ ...words, max: 500, lines: 3, ...required }]
}
