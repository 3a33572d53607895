import { isSignedOut } from '@linli/ui/client'
import { useDefinitionText } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { ExternalLink, X } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FigureRows, type Matter, type Rate, rateDays, readFigure, readList } from '../api/read-wall.ts'
import { MatterLine } from './matter-line.tsx'
import { type Opened, workbenchAddress } from './opened.ts'
import { RateValue, useParts } from './rates-panel.tsx'

interface RowsDialogProps {
  opened: Opened
  /** The wall shows its own area: then the workbench of whoever opened it shows the same. */
  isOwnArea: boolean
  onClose(): void
  onSignedOut(): void
}

/** The rows behind a figure, over the wall: what it is, when it was read, each matter, and where to go on working. */
export function RowsDialog({ opened, isOwnArea, onClose, onSignedOut }: RowsDialogProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const { figure, kind, place, count, rate } = opened
  const [part, setPart] = useState<RatePart>('numerator')
  const rows = useRows(opened, part, onSignedOut)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const kindName = kind ? t([`desk.kind.${kind}`, 'desk.kind.other']) : t('rows.everyKind')
  const address = isOwnArea ? workbenchAddress(opened) : undefined
  const isWhole = rows.items !== undefined && !rows.next
  const counted = rate ? rate[part] : count
  return (
    <dialog ref={dialog} className="sc-dialog" aria-labelledby="rows-title" onClose={onClose}>
      <header>
        <div>
          <h2 id="rows-title">{t('rows.title', { kind: kindName, figure: rate ? t(`rate.${rate.key}`) : t(`figure.${figure}`) })}</h2>
          <p className="sc-note">
            <span lang="zh-CN">{place.name}</span>
            {count !== undefined && !rate ? <b> {t('rows.count', { count })}</b> : null}
            {rows.asOf ? ` ${t('fresh.asOf', { time: time.hour(rows.asOf) })}` : null}
          </p>
        </div>
        <button type="button" className="sc-icon-button" aria-label={t('rows.close')} onClick={() => dialog.current?.close()}>
          <X aria-hidden="true" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by key */}
      <div className="sc-dialog-body" tabIndex={0} role="group" aria-labelledby="rows-title">
        {rate ? <RateFacts rate={rate} part={part} onPart={setPart} /> : null}
        {figure === 'received' && !rate ? <h3>{t('rows.behind', { days: rateDays, kind: kindName })}</h3> : null}
        {isWhole && counted !== undefined && rows.items?.length !== counted ? (
          <p className="sc-note">{t('rows.changed', { before: counted, count: counted })}</p>
        ) : null}
        <ul className="sc-matters">
          {rows.items?.map((matter) => (
            <li key={`${matter.caseId} ${'nth' in matter ? matter.nth : ''}`}>
              <a
                href={`/workbench/cases/${matter.caseId}`}
                target="_blank"
                rel="noreferrer"
                aria-label={`${matter.number} ${t('rows.workbench')}`}
              >
                <span className="sc-number">{matter.number}</span>
                <ExternalLink aria-hidden="true" />
              </a>
              <MatterLine matter={matter} received={figure === 'received'} />
            </li>
          ))}
        </ul>
        {rows.items?.length === 0 ? <p className="sc-note">{t('rows.none')}</p> : null}
        {rows.isFailing ? <p role="alert">{t('rows.failed')}</p> : null}
        {rows.isReading ? <p className="sc-note">{t('rows.reading')}</p> : null}
        {!rows.isReading && (rows.next || rows.isFailing) ? (
          <button type="button" className="sc-button" onClick={rows.readOn}>
            {rows.isFailing ? t('rows.again') : t('rows.more', { count: pageOf })}
          </button>
        ) : null}
      </div>
      <footer>
        <p className="sc-note">{t('rows.masked')}</p>
        {address ? (
          <a className="sc-button" href={address} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden="true" />
            <span>
              {t('rows.workbench')} <span className="sc-address">{address}</span>
            </span>
          </a>
        ) : null}
      </footer>
    </dialog>
  )
}

type RatePart = 'numerator' | 'denominator'

/** What is divided by what, each of the two with its own rows. */
function RateFacts({ rate, part, onPart }: { rate: Rate; part: RatePart; onPart(part: RatePart): void }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const parts = useParts()
  return (
    <div className="sc-rate-facts">
      <p>
        <RateValue rate={rate} />{' '}
        {(['numerator', 'denominator'] as const).map((one) => (
          <button key={one} type="button" className="sc-button" aria-pressed={one === part} onClick={() => onPart(one)}>
            {t(`rows.${one}`)} {rate[one]}
          </button>
        ))}
      </p>
      <p>
        <b>{t('rows.definition')}</b> {text(`saying.${rate.definition}`, rate.definition)}
      </p>
      {rate.leftOut.length > 0 ? <p>{t('rates.leftOut', { parts: parts(rate.leftOut) })}</p> : null}
    </div>
  )
}

const pageOf = 20

type FigureRow = FigureRows['items'][number]

interface Rows {
  items: (Matter | FigureRow)[] | undefined
  next: string | null
  asOf: string | undefined
  isReading: boolean
  isFailing: boolean
  readOn(): void
}

/** As they were when the figure was opened: rows that move under somebody's eyes cannot be read. */
function useRows({ figure, kind, place, rate }: Opened, part: RatePart, onSignedOut: () => void): Rows {
  const [state, setState] = useState<Omit<Rows, 'readOn'>>({
    items: undefined,
    next: null,
    asOf: undefined,
    isReading: true,
    isFailing: false,
  })
  const areaId = place.areaId
  const countedKind = kind === 'appeal' || kind === 'event' ? kind : undefined
  const countedFigure = rate && `${rate.key}.${part}`
  const read = useCallback(
    async (before: (Matter | FigureRow)[], cursor: string | undefined, signal?: AbortSignal) => {
      setState((now) => ({ ...now, items: cursor ? now.items : undefined, isReading: true, isFailing: false }))
      try {
        const asked = { area: areaId, limit: pageOf, cursor, days: rateDays }
        const page =
          countedKind && countedFigure
            ? await readFigure({ ...asked, kind: countedKind, figure: countedFigure }, signal)
            : await readList({ ...asked, figure, kind }, signal)
        setState((now) => ({
          items: [...before, ...page.items],
          next: page.next,
          asOf: now.asOf ?? page.asOf,
          isReading: false,
          isFailing: false,
        }))
      } catch (error) {
        if (signal?.aborted) return
        if (isSignedOut(error)) return onSignedOut()
        setState((now) => ({ ...now, isReading: false, isFailing: true }))
      }
    },
    [figure, kind, areaId, countedKind, countedFigure, onSignedOut],
  )
  useEffect(() => {
    const stop = new AbortController()
    void read([], undefined, stop.signal)
    return () => stop.abort()
  }, [read])
  return { ...state, readOn: () => void read(state.items ?? [], state.next ?? undefined) }
}
