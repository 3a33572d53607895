import { call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Bookmark, X } from 'lucide-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { useProblemText } from '../parts/states.tsx'
import { type ListedNow, viewsQuery } from './queries.ts'

interface SavedViewsProps extends ListedNow {
  /** Whether the filter that stands now is worth a name. */
  canSave: boolean
  onChoose(query: Record<string, string>): void
}

/** Filters that this person named, above the list that they filter; the one that stands is pressed. */
export function SavedViews({ list, query, canSave, onChoose }: SavedViewsProps) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const queryClient = useQueryClient()
  const { data: views = [] } = useQuery(viewsQuery(list))
  const [isNaming, setIsNaming] = useState(false)
  const [name, setName] = useState('')
  const opener = useRef<HTMLButtonElement>(null)
  const intent = useRef<Intent>(undefined)
  const again = () => queryClient.invalidateQueries({ queryKey: viewsQuery(list).queryKey })
  const close = () => {
    setIsNaming(false)
    setName('')
    requestAnimationFrame(() => opener.current?.focus())
  }
  const save = useMutation({
    mutationFn: () => {
      const body = { list, name: name.trim(), query }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /views', { body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: async () => {
      await again()
      close()
    },
  })
  const remove = useMutation({
    mutationFn: (viewId: string) => call('DELETE /views/:viewId', { params: { viewId } }),
    onSettled: () => {
      opener.current?.focus()
      return again()
    },
  })
  const now = JSON.stringify(Object.entries(query).sort())
  const isKnown = views.some((view) => JSON.stringify(Object.entries(view.query).sort()) === now)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() && !save.isPending) save.mutate()
  }
  const error = save.error ?? remove.error
  if (views.length === 0 && !canSave) return null
  return (
    <div className="wb-views" role="group" aria-label={t('views.label')}>
      {views.map((view) => (
        <span key={view.viewId} className="wb-view">
          <button
            type="button"
            aria-pressed={JSON.stringify(Object.entries(view.query).sort()) === now}
            onClick={() => onChoose(view.query)}
          >
            {view.name}
          </button>
          <button type="button" aria-label={t('views.remove', { name: view.name })} onClick={() => remove.mutate(view.viewId)}>
            <X size={14} aria-hidden="true" />
          </button>
        </span>
      ))}
      {isNaming ? (
        <form className="wb-inline" onSubmit={submit}>
          <label className="dk-visually-hidden" htmlFor={`${id}-name`}>
            {t('views.name')}
          </label>
          <input
            id={`${id}-name`}
            // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was just pressed
            autoFocus
            className="dk-input wb-view-name"
            value={name}
            maxLength={20}
            placeholder={t('views.name')}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') close()
            }}
          />
          <button type="submit" className="dk-button dk-button-small" disabled={save.isPending || !name.trim()}>
            {t('views.save')}
          </button>
        </form>
      ) : (
        <button
          ref={opener}
          type="button"
          className="dk-link"
          disabled={!canSave || isKnown}
          onClick={() => {
            save.reset()
            setIsNaming(true)
          }}
        >
          <Bookmark size={14} aria-hidden="true" /> {t('views.add')}
        </button>
      )}
      {error ? (
        <p className="dk-error" role="alert">
          {words(error)}
        </p>
      ) : null}
    </div>
  )
}
