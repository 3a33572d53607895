import { useKept } from '@linli/ui/phone'
import { useTimeWords } from '@linli/ui/text'
import { Empty } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CloudCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { handedInQuery } from '../api/queries.ts'
import { CaseNow } from '../cases/refused-step.tsx'
import { useCase } from '../cases/use-case.ts'
import { useItemName } from '../frame/item-name.ts'
import { Page } from '../frame/page.tsx'
import { refusalWords } from '../frame/problem-words.ts'
import { Section } from '../frame/section.tsx'
import { photosOf, type QueuedItem, type QueuedStep } from '../kept/items.ts'
import { sendAgain, throwAway, waiting } from '../kept/queue.ts'
import { useOwnMe } from '../session/signed-in.tsx'

/** Everything of this account that the server has not taken yet, oldest first; what came back can be sent again or thrown away. */
export function QueuePage() {
  const { t } = useTranslation()
  const { accountId } = useOwnMe()
  const own = useKept(waiting).filter((item) => item.accountId === accountId)
  return (
    <Page title={t('queue.title')}>
      {own.length === 0 ? (
        <Empty icon={CloudCheck} title={t('queue.none')}>
          {t('queue.noneText')}
        </Empty>
      ) : (
        <ol className="sheet rows">
          {own.map((item) => (
            <li key={item.requestId} className="queue-item">
              <Item item={item} />
            </li>
          ))}
        </ol>
      )}
      <HandedIn />
    </Page>
  )
}

/** What was handed in for review because the post was gone, and what became of it. */
function HandedIn() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const { data } = useQuery(handedInQuery)
  if (!data || data.items.length === 0) return null
  return (
    <Section title={t('queue.handedIn')}>
      <p className="quiet">{t('queue.handedInText')}</p>
      <ul className="sheet rows">
        {data.items.map((item) => (
          <li key={item.backlogId} className="queue-item">
            <p className="row-title" lang="zh-CN">
              {item.label}
            </p>
            <p className="quiet row-meta">
              <time dateTime={item.madeAt}>{time.moment(item.madeAt, Date.now())}</time>
              <b>{t(`queue.reviewed.${item.state}`)}</b>
            </p>
            {item.reason ? <p lang="zh-CN">{item.reason}</p> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Item({ item }: { item: QueuedItem }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const nameOf = useItemName()
  const [isSure, setSure] = useState(false)
  const photos = photosOf(item)
  const sent = photos.filter(({ fileId }) => fileId).length
  return (
    <>
      <p className="row-title">{nameOf(item)}</p>
      <p className="quiet row-meta">
        <time dateTime={new Date(item.at).toISOString()}>{time.moment(item.at, Date.now())}</time>
        {photos.length > 0 ? <span>{t('queue.photos', { sent, all: photos.length })}</span> : null}
      </p>
      {item.refusal ? (
        <>
          <p>{refusalWords(item.refusal, t)}</p>
          {item.kind === 'step' ? <StepNow step={item} /> : null}
          <div className="btn-row">
            {item.kind === 'step' ? (
              // The same step on a state that has gone by would be refused again: it is made anew on its page.
              <Link to="/cases/$caseId" params={{ caseId: item.caseId }} className="btn">
                {t('off.look')}
              </Link>
            ) : (
              <button type="button" className="btn" onClick={() => sendAgain(item.requestId)}>
                {t('queue.again')}
              </button>
            )}
            <button type="button" className="btn" onClick={() => (isSure ? throwAway(item.requestId) : setSure(true))}>
              {t(isSure ? 'queue.sure' : 'queue.throwAway')}
            </button>
          </div>
        </>
      ) : (
        <p className="second">{t('queue.waits')}</p>
      )}
    </>
  )
}

/** Where the matter is now, beside what was refused. */
function StepNow({ step }: { step: QueuedStep }) {
  const { view, entries } = useCase(step.caseId)
  return view ? <CaseNow view={view} entries={entries} since={step.body.expectedSeq} /> : null
}
