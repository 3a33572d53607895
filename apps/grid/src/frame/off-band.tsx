import { useKept, useOnline } from '@linli/ui/phone'
import { useTimeWords } from '@linli/ui/text'
import { Icon } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { CloudOff, CloudUpload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { QueuedItem } from '../kept/items.ts'
import { queue, sentSince, waiting } from '../kept/queue.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { useItemName } from './item-name.ts'
import { refusalWords } from './problem-words.ts'

/** More would be too thin to count. */
const mostSegments = 24

/** What stands between this phone and the server, as a fact: no network, what waits, what came back. */
export function OffBand() {
  const { t } = useTranslation()
  const { accountId } = useOwnMe()
  const online = useOnline()
  const sent = useKept(sentSince)
  const items = useKept(waiting)
  const own = items.filter((item) => item.accountId === accountId)
  const left = own.filter(({ refusal }) => !refusal).length
  const refused = own.length - left
  const others = items.length - own.length
  return (
    <div aria-live="polite" className="off-bands">
      {online && left === 0 ? null : (
        <div className="off off-queue">
          <p className="off-head">
            <Icon of={online ? CloudUpload : CloudOff} />
            <b>{t(online ? 'off.sending' : 'off.offline')}</b>
            {left > 0 ? <b className="num">{t('off.sent', { sent, all: sent + left })}</b> : null}
          </p>
          {left > 0 ? <Segments sent={sent} all={sent + left} /> : null}
          <p>
            {refused > 0 ? `${t('off.needsYou', { count: refused })} ` : ''}
            {t(left > 0 ? 'off.kept' : 'off.calm', { count: left })}
          </p>
          {left > 0 ? (
            <Link to="/queue" className="link">
              {t('off.look')}
            </Link>
          ) : null}
        </div>
      )}
      {own.map((item) => (item.refusal ? <Refused key={item.requestId} item={item} /> : null))}
      {others > 0 ? (
        <div className="off">
          <p className="off-text">{t('off.others', { count: others })}</p>
        </div>
      ) : null}
    </div>
  )
}

function Segments({ sent, all }: { sent: number; all: number }) {
  const shown = Math.min(all, mostSegments)
  const done = Math.floor((sent / all) * shown)
  return (
    <span className="segments" aria-hidden="true">
      {Array.from({ length: shown }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity
        <span key={index} data-sent={index < done || undefined} />
      ))}
    </span>
  )
}

/** The server's "no" stays until somebody has read it; a report or a visit until it was sent again or thrown away. */
function Refused({ item }: { item: QueuedItem }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const nameOf = useItemName()
  return (
    <div className="off" role="alert">
      <div className="off-text">
        <p className="strong">{t('off.refused', { what: nameOf(item), at: time.moment(item.at, Date.now()) })}</p>
        <p>{refusalWords(item.refusal!, t)}</p>
      </div>
      {item.kind === 'move' ? (
        <button type="button" className="btn" onClick={() => queue.discard(item.requestId)}>
          {t('off.read')}
        </button>
      ) : (
        <Link to="/queue" className="btn">
          {t('off.look')}
        </Link>
      )}
    </div>
  )
}
