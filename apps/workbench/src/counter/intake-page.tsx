import '../styles/counter.css'
import { FilePicker } from '@linli/ui/desk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formSources } from '../api/form-sources.ts'
import { categoriesQuery, type Me, meQuery } from '../api/queries.ts'
import type { CardReading } from '../devices/card-reader.ts'
import { DeviceLine } from '../devices/device-line.tsx'
import { useDesk } from '../devices/use-desk.ts'
import { PageHead } from '../parts/page-head.tsx'
import { useProblemText, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { AreaFields } from './area-fields.tsx'
import { CardNote, type CardState } from './card-note.tsx'
import { ChannelChoice } from './channel-choice.tsx'
import { useCounterKeys } from './counter-keys.ts'
import { type FootKey, FootKeys } from './foot-keys.tsx'
import { KnownMatters } from './known-matters.tsx'
import { Line } from './line.tsx'
import { MatterLine } from './matter-line.tsx'
import { usePaper } from './paper.ts'
import { PersonLine } from './person-line.tsx'
import { PrintNote } from './print-note.tsx'
import { PaperSheet, usePreview } from './receipt.tsx'
import { useFiling } from './use-filing.ts'
import { usePrinting } from './use-printing.ts'
import { WordsLine } from './words-line.tsx'

export function IntakePage() {
  const { data: me } = useQuery(meQuery)
  return me ? <Counter me={me} /> : <Waiting />
}

/** The one window: any matter of any kind, for whoever comes, calls or is called on, without a mouse, from a card to a paper. Counts as filed on line. */
function Counter({ me }: { me: Me }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const { data: known } = useQuery(categoriesQuery)
  const desk = useDesk()
  const printing = usePrinting(desk)
  const filing = useFiling(({ caseId }) => printing.print(caseId))
  const [card, setCard] = useState<CardState>()
  const root = useRef<HTMLDivElement>(null)
  const preview = usePreview(filing.intake, me)
  const paperOf = usePaper()
  const { intake, errors, change, file } = filing

  const focus = (selector: string) => requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(selector)?.focus())
  const submit = () => {
    const wrong = filing.submit()
    if (wrong) focus(wrong === 'category' ? '#intake-matter' : `[name="${wrong}"]`)
  }
  const restart = () => {
    filing.restart()
    printing.clear()
    setCard(undefined)
    focus('[name="detail"]')
  }
  const readCard = async () => {
    if (file.isSuccess || card?.state === 'reading') return
    setCard({ state: 'reading' })
    const reader = await desk.findReader()
    const reading: CardReading = reader ? await reader.read() : { state: desk.link === 'none' ? 'none' : 'unpaired' }
    setCard(reading)
    desk.lookAgain()
    if (reading.state === 'read') change(intake.isOnBehalf ? { agentName: reading.name } : { name: reading.name })
    focus(reading.state === 'read' ? '[name="detail"]' : intake.isOnBehalf ? '[name="agentName"]' : '[name="name"]')
  }
  const toggleBehalf = () => {
    change({ isOnBehalf: !intake.isOnBehalf })
    focus(intake.isOnBehalf ? '[name="name"]' : '[name="agentName"]')
  }
  const keys: FootKey[] = file.isSuccess
    ? [
        { cap: 'F9', says: t('intake.fkey.copy'), act: () => printing.print(file.data.caseId), isOff: printing.outcome === 'sending' },
        { cap: 'F10', says: t('intake.fkey.next'), act: restart, isPrimary: true },
      ]
    : [
        { cap: 'F2', says: t('intake.fkey.card'), act: () => void readCard() },
        { cap: 'F4', says: t('intake.fkey.matter'), act: () => focus('#intake-matter') },
        { cap: 'F6', says: t('intake.fkey.behalf'), act: toggleBehalf, isOff: intake.kind === 'callOut' },
        { cap: 'F8', says: t('intake.fkey.scan'), act: () => root.current?.querySelector<HTMLElement>('#intake-files')?.click() },
        { cap: 'F10', says: t('intake.submit'), act: submit, isPrimary: true, isOff: file.isPending, form: 'intake' },
      ]
  useCounterKeys((pressed, event) => {
    const key = keys.find(({ cap }) => cap === pressed)
    if (!key && !/^[1-5]$/.test(pressed)) return
    event.preventDefault()
    if (!key) focus(`[data-line="${pressed}"] :is(input:checked, textarea, select, input)`)
    else if (!key.isOff) key.act()
  })
  const failure = file.error && Object.keys(errors).length === 0 ? words(file.error) : (errors[''] ?? '')
  return (
    <div ref={root} className="wb-intake">
      <div className="wb-intake-main">
        <PageHead title={t('intake.title')} note={t('intake.text')}>
          {may(me, 'cases.request') ? (
            <Link to="/request" className="dk-link">
              {t('intake.toRequest')}
            </Link>
          ) : null}
        </PageHead>
        {file.isSuccess ? (
          <Done number={file.data.number} onNext={restart} />
        ) : (
          <form
            id="intake"
            className="wb-lines"
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
          >
            <CardNote card={card} />
            <ChannelChoice intake={intake} onChange={change} />
            {intake.kind === 'callOut' ? null : <PersonLine intake={intake} errors={errors} onChange={change} />}
            <MatterLine
              intake={intake}
              categories={known?.items ?? []}
              error={errors.category}
              onChange={change}
              onTaken={() => focus('[name="detail"]')}
            />
            <WordsLine intake={intake} errors={errors} onChange={change} />
            <Line at="4" label={t('intake.where')} error={errors.communityCode}>
              <AreaFields me={me} intake={intake} onChange={change} invalid={errors.communityCode !== undefined} />
              <input
                name="place"
                className="dk-input"
                aria-label={t('intake.place')}
                placeholder={t('intake.place')}
                maxLength={120}
                value={intake.place}
                onChange={(event) => change({ place: event.currentTarget.value })}
              />
            </Line>
            <Line at="5" label={t('intake.papers')} error={errors.attachments}>
              <FilePicker
                id="intake-files"
                value={intake.attachments}
                onChange={(attachments) => change({ attachments })}
                max={9}
                send={formSources(undefined, words).send}
              />
              <p className="dk-note">{t('intake.papersNote')}</p>
            </Line>
            <KnownMatters intake={intake} onChange={change} />
            {failure ? (
              <p className="dk-error" role="alert">
                {failure}
              </p>
            ) : null}
          </form>
        )}
      </div>
      <aside className="wb-receipt-pane" aria-label={t('receipt.preview')}>
        <div className="wb-receipt-head">
          <strong>{t('receipt.preview')}</strong>
          <DeviceLine desk={desk} />
        </div>
        {file.isSuccess ? <PrintNote printing={printing} /> : null}
        <PaperSheet paper={printing.receipt ? paperOf(printing.receipt) : preview} />
      </aside>
      <FootKeys keys={keys} label={t('intake.keys')} />
    </div>
  )
}

function Done({ number, onNext }: { number: string; onNext(): void }) {
  const { t } = useTranslation()
  return (
    <section className="wb-panel" aria-live="polite">
      <h2>{t('intake.done', { number })}</h2>
      <p>{t('intake.doneText')}</p>
      <p className="wb-inline">
        {/* biome-ignore lint/a11y/noAutofocus: the next one is waiting */}
        <button type="button" className="dk-button dk-button-primary" onClick={onNext} autoFocus>
          {t('intake.another')}
        </button>
      </p>
    </section>
  )
}
