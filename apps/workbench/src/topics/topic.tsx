import { Sep, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { categoriesQuery } from '../api/queries.ts'
import { Problem, Waiting } from '../parts/states.tsx'
import { ActDialog } from './act-dialog.tsx'
import { type TopicAct, type TopicView, topicQuery } from './queries.ts'
import { TopicItems } from './topic-items.tsx'

/** One topic: its owner, what was answered, how much was said in which week and where, and the words themselves without who said them. */
export function Topic({ topicId }: { topicId: string }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const query = useQuery(topicQuery(topicId))
  const { data: categories } = useQuery(categoriesQuery)
  const [act, setAct] = useState<TopicAct>()
  const [shown, setShown] = useState<{ week: string; community?: string | undefined }>()
  const topic = query.data
  return (
    <div className="wb-page">
      <p className="wb-topic-back">
        <Link to="/topics" className="dk-link">
          <ArrowLeft size={16} aria-hidden="true" /> {t('topics.back')}
        </Link>
      </p>
      {query.isPending ? <Waiting rows={6} /> : null}
      {query.error && !topic ? <Problem error={query.error} retry={() => void query.refetch()} /> : null}
      {topic ? (
        <>
          <header className="wb-page-head">
            <div>
              <h1>{topic.title}</h1>
              <p className="dk-note">
                {t(`topics.states.${topic.state}`)}
                <Sep />
                {topic.areaName}
                <Sep />
                {topic.ownerName ?? t('topics.noOwner')}
                <Sep />
                {t('topics.voicesOf', { count: topic.voices })}
              </p>
              <p className="dk-note">
                {t('topics.gathers', {
                  categories: topic.categories
                    .map((key) => text(`category.${key}`, categories?.items.find((one) => one.key === key)?.name ?? key))
                    .join(t('similar.and')),
                  words: topic.words.join(t('similar.and')) || t('topics.anyWords'),
                })}
              </p>
            </div>
            <p className="wb-inline">
              {topic.acts.map((one, at) => (
                <button
                  key={one}
                  type="button"
                  className={at === 0 ? 'dk-button dk-button-primary' : 'dk-button'}
                  onClick={() => setAct(one)}
                >
                  {t(`topics.acts.${one}`)}
                </button>
              ))}
            </p>
          </header>
          <div className="wb-topic">
            <Answers topic={topic} />
            <Weeks topic={topic} shown={shown} onShow={setShown} />
            {topic.canSort ? <TopicItems topic={topic} which="proposed" /> : null}
            <TopicItems topic={topic} which="in" shown={shown} onAll={() => setShown(undefined)} />
          </div>
          {act ? <ActDialog key={act} topic={topic} act={act} onClose={() => setAct(undefined)} /> : null}
        </>
      ) : null}
    </div>
  )
}

/** The record, newest first: what was answered, to whom, when, and whether everybody may read it. */
function Answers({ topic }: { topic: TopicView }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  return (
    <section className="wb-together" aria-labelledby="topic-record">
      <h2 id="topic-record">{t('topics.record')}</h2>
      <ol>
        {[...topic.entries].reverse().map((entry) => (
          <li key={entry.seq}>
            <b>
              {t(`topics.did.${entry.act}`)} {entry.ownerName}
            </b>
            <span className="dk-meta">
              {time.moment(entry.at, now)}
              <Sep />
              {entry.madeBy}
              {entry.toWhom ? (
                <>
                  <Sep />
                  {t('topics.toWhomWas', { whom: entry.toWhom })}
                </>
              ) : null}
            </span>
            {entry.words ? <q className="dk-quote">{entry.words}</q> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

interface WeeksProps {
  topic: TopicView
  shown: { week: string; community?: string | undefined } | undefined
  onShow(shown: { week: string; community?: string | undefined }): void
}

const mostWeeks = 26

/** How much was said, by week and community; each figure opens its rows below. */
function Weeks({ topic, shown, onShow }: WeeksProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  if (topic.weeks.length === 0) return null
  return (
    <section className="wb-together" aria-labelledby="topic-weeks">
      <h2 id="topic-weeks">{t('topics.weeks')}</h2>
      <ul className="wb-weeks">
        {topic.weeks.slice(0, mostWeeks).map(({ week, communityId, communityName, voices }) => {
          const isShown = shown?.week === week && (shown.community ?? null) === communityId
          return (
            <li key={`${week} ${communityId ?? ''}`}>
              <button
                type="button"
                className="wb-week"
                aria-pressed={isShown}
                onClick={() => onShow({ week, ...(communityId ? { community: communityId } : {}) })}
              >
                <b>{voices}</b>
                <span>
                  {t('topics.weekOf', { day: time.day(`${week}T12:00:00+08:00`, now) })}
                  <small>{communityName}</small>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
