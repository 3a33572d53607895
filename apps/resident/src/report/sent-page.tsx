import { useKept, useNow } from '@linli/ui/phone'
import { useTimeWords } from '@linli/ui/text'
import { Clk, Icon, useElder } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Copy, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { refusalWords } from '../frame/problem-words.ts'
import { type Matter, matters } from '../kept/matters.ts'
import { caseQuery } from '../progress/use-case.ts'
import { Withdraw } from '../progress/withdraw.tsx'
import { draftStore, isBlank } from './draft.ts'
import type { QueuedReport } from './outbox.ts'
import { ProgressCode } from './progress-code.tsx'
import { refusalProblems } from './report-body.ts'
import { outbox, queued } from './sending.ts'

/** What became of a submitted report: received with its number, waiting on this device, or refused with the reason. */
export function SentPage() {
  const { t } = useTranslation()
  const { requestId } = useParams({ from: '/sent/$requestId' })
  const matter = useKept(matters).find((other) => other.requestId === requestId)
  const report = useKept(queued).find((other) => other.body.requestId === requestId)
  return (
    <Page title={t('sent.title')}>
      {matter ? <Receipt matter={matter} /> : report?.refusal ? <Refused report={report} /> : report ? <Waiting /> : <Unknown />}
    </Page>
  )
}

function Receipt({ matter }: { matter: Matter }) {
  const { t } = useTranslation()
  const words = useTimeWords({ elder: useElder() })
  const query = useQuery(caseQuery(matter.number, matter.tail))
  const now = useNow(query.data?.now, query.dataUpdatedAt || undefined)
  const [copied, setCopied] = useState(false)
  const { number, tail, code = '' } = matter
  const accept = query.data?.clock
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(t('sent.copyText', { number, tail, code }))
    setCopied(true)
  }
  return (
    <>
      <div className="lead" role="status">
        <h2 className="case-title">{t('sent.filed')}</h2>
        <p>{t('sent.filedText')}</p>
      </div>
      <div className="sheet sheet-stack receipt">
        <p className="strong">{matter.title}</p>
        <dl className="checks">
          <div>
            <dt>{t('sent.number')}</dt>
            <dd className="receipt-number num">{number}</dd>
          </div>
          <div>
            <dt>{t('sent.tail')}</dt>
            <dd>
              <span className="receipt-number num">{tail}</span>{' '}
              <span className="quiet">{t(code.endsWith(tail) ? 'sent.tailOfCode' : 'sent.tailOfPhone')}</span>
            </dd>
          </div>
          {code ? (
            <div>
              <dt>{t('sent.code')}</dt>
              <dd className="num">{code}</dd>
            </div>
          ) : null}
        </dl>
        <ProgressCode number={number} />
        {query.data?.stage === 'merged' ? <p role="status">{t('sent.joined')}</p> : null}
        <p className="second">{t('sent.keepIt')}</p>
        <p>
          <Clk state="onTime">
            {accept && query.data?.stage === 'submitted' ? t('sent.due', { when: words.moment(accept.dueAt, now) }) : t('sent.promise')}
          </Clk>
        </p>
      </div>
      {matter.photosLost ? <p className="note">{t('sent.photosLost', { count: matter.photosLost })}</p> : null}
      <Link to="/progress/$number" params={{ number }} search={{ tail }} className="btn primary big wide no-print">
        {t('sent.see')}
      </Link>
      <div className="btn-row no-print">
        {navigator.clipboard ? (
          <button type="button" className="btn" onClick={() => void copy()}>
            <Icon of={Copy} />
            <span aria-live="polite">{t(copied ? 'sent.copied' : 'sent.copy')}</span>
          </button>
        ) : null}
        <button type="button" className="btn" onClick={() => print()}>
          <Icon of={Printer} />
          {t('sent.print')}
        </button>
      </div>
      {query.data ? <Withdraw found={query.data} tail={tail} now={now} /> : null}
      <Link to="/report" className="btn text no-print">
        {t('sent.another')}
      </Link>
    </>
  )
}

function Waiting() {
  const { t } = useTranslation()
  const [trying, setTrying] = useState(false)
  return (
    <>
      <div className="lead" role="status">
        <h2 className="case-title">{t('sent.waiting')}</h2>
        <p>{t('sent.waitingText')}</p>
      </div>
      <button
        type="button"
        className="btn primary big wide"
        aria-disabled={trying}
        onClick={() => {
          setTrying(true)
          void outbox.flush().finally(() => setTrying(false))
        }}
      >
        {t(trying ? 'report.submitting' : 'sent.waitingNow')}
      </button>
    </>
  )
}

function Refused({ report }: { report: QueuedReport }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [blocked, setBlocked] = useState(false)
  const [problem] = report.refusal ? refusalProblems(report.refusal) : []
  const mend = (): void => {
    // Putting this one back must not overwrite another that is being written.
    if (!isBlank(draftStore.get())) return setBlocked(true)
    outbox.discard(report.body.requestId)
    draftStore.restore({ ...report.draft, photos: report.photos }, report.refusal)
    void navigate({ to: '/report', replace: true })
  }
  return (
    <>
      <div className="lead">
        <h2 className="case-title">{t('sent.refused')}</h2>
        <p>{problem ? refusalWords(problem, t) : t('error.other')}</p>
      </div>
      <button type="button" className="btn primary big wide" onClick={mend}>
        {t('app.edit')}
      </button>
      {blocked ? (
        <p className="note" role="alert">
          {t('report.mendFirst')} <Link to="/report">{t('report.title')}</Link>
        </p>
      ) : null}
    </>
  )
}

function Unknown() {
  const { t } = useTranslation()
  return (
    <>
      <div className="lead">
        <h2 className="case-title">{t('sent.unknown')}</h2>
        <p>{t('sent.unknownText')}</p>
      </div>
      <Link to="/progress" className="btn primary big wide">
        {t('progress.title')}
      </Link>
    </>
  )
}
