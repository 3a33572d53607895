import { call } from '@linli/ui/client'
import { newId, Sep, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { type TopicItem, type TopicView, topicItemsQuery, topicQuery, topics } from './queries.ts'

interface TopicItemsProps {
  topic: TopicView
  which: 'in' | 'proposed'
  shown?: { week: string; community?: string | undefined } | undefined
  onAll?(): void
}

const keyOf = ({ caseId, seq }: TopicItem): string => `${caseId} ${seq}`

/** What is in the topic, or what by category and words may belong to it; a person puts it in or leaves it out. */
export function TopicItems({ topic, which, shown, onAll }: TopicItemsProps) {
  const { t } = useTranslation()
  const id = useId()
  const say = useProblemText()
  const queryClient = useQueryClient()
  const query = useQuery(topicItemsQuery(topic.topicId, { which, ...shown }))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const items = query.data?.items ?? []
  const picked = items.filter((item) => chosen.has(keyOf(item)))
  const sort = useMutation({
    mutationFn: (isIn: boolean) =>
      call('POST /topics/:topicId/items', {
        params: { topicId: topic.topicId },
        body: { requestId: newId(), isIn, items: picked.map(({ caseId, seq }) => ({ caseId, seq })) },
      }),
    onSuccess: (view) => {
      setChosen(new Set())
      queryClient.setQueryData(topicQuery(topic.topicId).queryKey, view)
      for (const part of ['items', 'list']) void queryClient.invalidateQueries({ queryKey: [topics, part] })
    },
  })
  const toggle = (key: string) => {
    const next = new Set(chosen)
    if (!next.delete(key)) next.add(key)
    setChosen(next)
  }
  return (
    <section className="wb-together" aria-labelledby={id}>
      <h2 id={id}>{t(shown ? 'topics.itemsOfWeek' : `topics.items.${which}`)}</h2>
      {shown && onAll ? (
        <button type="button" className="dk-link" onClick={onAll}>
          {t('topics.allItems')}
        </button>
      ) : null}
      {query.isPending ? <Waiting rows={3} /> : null}
      {query.error && !query.data ? <Problem error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isSuccess && items.length === 0 ? <p className="dk-note">{t(`topics.noItems.${which}`)}</p> : null}
      <ul className="wb-voices">
        {items.map((item) => (
          <Voice
            key={keyOf(item)}
            item={item}
            isChosen={chosen.has(keyOf(item))}
            onToggle={topic.canSort ? () => toggle(keyOf(item)) : undefined}
          />
        ))}
      </ul>
      {query.data?.hasMore ? <p className="dk-note">{t('topics.more', { count: items.length })}</p> : null}
      {sort.error ? (
        <p className="dk-error" role="alert">
          {say(sort.error)}
        </p>
      ) : null}
      {topic.canSort && items.length > 0 ? (
        <p className="wb-inline">
          {which === 'proposed' ? (
            <>
              <button
                type="button"
                className="dk-button dk-button-small"
                onClick={() => setChosen(new Set(picked.length === items.length ? [] : items.map(keyOf)))}
              >
                {t('topics.chooseAll')}
              </button>
              <button
                type="button"
                className="dk-button dk-button-small dk-button-primary"
                disabled={picked.length === 0 || sort.isPending}
                onClick={() => sort.mutate(true)}
              >
                {t('topics.putIn', { count: picked.length })}
              </button>
            </>
          ) : null}
          <button
            type="button"
            className="dk-button dk-button-small"
            disabled={picked.length === 0 || sort.isPending}
            onClick={() => sort.mutate(false)}
          >
            {t('topics.leaveOut', { count: picked.length })}
          </button>
        </p>
      ) : null}
    </section>
  )
}

function Voice({ item, isChosen, onToggle }: { item: TopicItem; isChosen: boolean; onToggle: (() => void) | undefined }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const id = useId()
  return (
    <li>
      {onToggle ? <input id={id} type="checkbox" checked={isChosen} onChange={onToggle} /> : null}
      <span>
        <label htmlFor={id}>{item.words}</label>
        <span className="dk-meta wb-block">
          {t(`topics.sources.${item.source}`)}
          <Sep />
          {item.communityName}
          <Sep />
          {time.day(item.saidAt, now)}
          <Sep />
          <Link to="/cases/$caseId" params={{ caseId: item.caseId }}>
            {item.number}
          </Link>
        </span>
      </span>
    </li>
  )
}
