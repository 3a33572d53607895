import { ApiError } from '@linli/ui/client'
import { useKept, useNow } from '@linli/ui/phone'
import { useTimeWords } from '@linli/ui/text'
import { Icon, useElder } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { forgetMatter, matters, rememberMatter } from '../kept/matters.ts'
import { CaseBadge, CaseRuler } from './case-badge.tsx'
import { CasePhotos } from './case-photos.tsx'
import { ContactViews } from './contact-views.tsx'
import { LookUpForm } from './look-up-form.tsx'
import { Rate } from './rate.tsx'
import { AddMore, Reopen } from './say-more.tsx'
import { useStageName } from './stage-name.ts'
import { Timeline } from './timeline.tsx'
import { caseQuery, type PublicCase } from './use-case.ts'
import { Withdraw } from './withdraw.tsx'

/** One matter, for whoever has its number and last four digits. */
export function CasePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { number } = useParams({ from: '/progress/$number' })
  const { tail: asked } = useSearch({ from: '/progress/$number' })
  const kept = useKept(matters).find((matter) => matter.number === number)
  const tail = asked ?? kept?.tail
  const { data, error, isPending, dataUpdatedAt } = useQuery({ ...caseQuery(number, tail ?? ''), enabled: tail !== undefined })
  const ask = (
    <Link to="/call" className="link">
      <Icon of={Phone} />
      {t('case.ask')}
    </Link>
  )
  const refused = error instanceof ApiError && error.status < 500 && error.status >= 400
  return (
    <Page title={t('case.title')} back="/progress" end={ask}>
      {tail === undefined || (refused && !data) ? (
        <>
          <p className="second">{t('case.needTail')}</p>
          <LookUpForm
            key={number}
            number={number}
            pending={tail !== undefined && isPending}
            refusal={refused ? problemWords(error, t) : undefined}
            onLook={(wanted, digits, keepHere) => {
              if (keepHere && kept) rememberMatter({ ...kept, tail: digits })
              void navigate({ to: '/progress/$number', params: { number: wanted }, search: { tail: digits } })
            }}
          />
        </>
      ) : data ? (
        <Found found={data} tail={tail} readAt={dataUpdatedAt} stale={error !== null} />
      ) : error ? (
        <p role="alert" className="note">
          {problemWords(error, t)}
        </p>
      ) : (
        <p className="quiet" role="status">
          {t('app.loading')}
        </p>
      )}
    </Page>
  )
}

function Found({ found, tail, readAt, stale }: { found: PublicCase; tail: string; readAt: number; stale: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const now = useNow(found.now, readAt)
  const words = useTimeWords({ elder: useElder() })
  const stage = useStageName(found)
  const kept = useKept(matters).some((matter) => matter.number === found.number)
  const open = found.status === 'open'
  return (
    <>
      {stale ? (
        <p className="off" role="status">
          {t('case.stale', { when: words.moment(found.now, now) })}
        </p>
      ) : null}
      <div className="section">
        <div className="case-head">
          <span className="second num">{t('case.number', { number: found.number })}</span>
          <CaseBadge found={found} now={now} />
        </div>
        <h2 className="case-title">{found.title}</h2>
        <CaseRuler found={found} now={now} />
        <p aria-live="polite">
          <span className="strong">{stage}</span>
          {open ? <span className="second"> · {t('case.holder', { holder: found.holder })}</span> : null}
        </p>
      </div>
      {found.replies.length > 0 ? (
        <section className="sheet sheet-stack" aria-labelledby="case-replies">
          <h2 id="case-replies">{t('case.replies')}</h2>
          <ul className="views">
            {found.replies.map((reply) => (
              <li key={`${reply.at}${reply.by}`}>
                <div className="tl-head">
                  <span>{reply.by}</span>
                  <time dateTime={reply.at}>{words.moment(reply.at, now)}</time>
                </div>
                <p className="reply">{reply.text}</p>
                {reply.attachments?.length ? <CasePhotos number={found.number} tail={tail} photos={reply.attachments} /> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className="sheet" aria-label={t('case.steps')}>
        <Timeline found={found} tail={tail} now={now} />
      </section>
      <Rate found={found} tail={tail} />
      <Reopen found={found} tail={tail} />
      <AddMore found={found} tail={tail} />
      <Withdraw found={found} tail={tail} now={now} />
      {open && !found.canRate && !found.rating ? <p className="quiet">{t('case.rateEarly')}</p> : null}
      <ContactViews found={found} tail={tail} now={now} />
      {kept ? (
        <button
          type="button"
          className="btn text no-print"
          onClick={() => {
            forgetMatter(found.number)
            void navigate({ to: '/progress' })
          }}
        >
          {t('case.forget')}
        </button>
      ) : null}
    </>
  )
}
