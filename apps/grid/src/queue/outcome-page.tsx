import { useKept } from '@linli/ui/phone'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { refusalWords } from '../frame/problem-words.ts'
import type { QueuedItem } from '../kept/items.ts'
import { queue, sendAgain, throwAway, waiting } from '../kept/queue.ts'
import { useOwnMe } from '../session/signed-in.tsx'

interface OutcomeProps {
  title: string
  requestId: string
  /** What is said of it once the server has taken it; undefined before. */
  done: ReactNode
  /** Puts a refused one back into its form; undefined while another one is being written there. */
  mendOf(item: QueuedItem): (() => void) | undefined
  /** Where one goes from here. */
  children: ReactNode
}

/** What became of one thing: taken, kept until there is a network, or come back to be mended, sent again or thrown away. */
export function OutcomePage({ title, requestId, done, mendOf, children }: OutcomeProps) {
  const { t } = useTranslation()
  const { accountId } = useOwnMe()
  const item = useKept(waiting).find((one) => one.requestId === requestId && one.accountId === accountId)
  return (
    <Page title={title}>
      <div className="lead" role="status">
        {done ?? <State item={item} />}
      </div>
      {item?.refusal ? <Mend item={item} mend={mendOf(item)} /> : null}
      <div className="btn-row">
        {children}
        <Link to="/" className="btn">
          {t('app.goHome')}
        </Link>
      </div>
    </Page>
  )
}

function State({ item }: { item: QueuedItem | undefined }) {
  const { t } = useTranslation()
  if (!item) return <h2>{t('queue.unknown')}</h2>
  if (item.refusal)
    return (
      <>
        <h2>{t('queue.refused')}</h2>
        <p>{refusalWords(item.refusal, t)}</p>
      </>
    )
  return (
    <>
      <h2>{t('queue.kept')}</h2>
      <p>{t('queue.keptText')}</p>
    </>
  )
}

/** Any of the three is the worker's to decide. */
function Mend({ item, mend }: { item: QueuedItem; mend: (() => void) | undefined }) {
  const { t } = useTranslation()
  const back = (): void => {
    queue.discard(item.requestId)
    mend?.()
  }
  return (
    <>
      <button type="button" className="btn primary big wide" disabled={!mend} onClick={back}>
        {t('queue.mend')}
      </button>
      {mend ? null : <p className="quiet">{t('queue.finishFirst')}</p>}
      <div className="btn-row">
        <button type="button" className="btn" onClick={() => sendAgain(item.requestId)}>
          {t('queue.again')}
        </button>
        <button type="button" className="btn" onClick={() => throwAway(item.requestId)}>
          {t('queue.throwAway')}
        </button>
      </div>
    </>
  )
}
