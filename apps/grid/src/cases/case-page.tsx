import { useKept } from '@linli/ui/phone'
import { useDefinitionText, useTimeWords } from '@linli/ui/text'
import { Clk, Icon, Plate, Ruler } from '@linli/ui/touch'
import { Link, useParams } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useServerNow } from '../alarm/alarm-watch.tsx'
import { Opening } from '../frame/blank-pages.tsx'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { Section } from '../frame/section.tsx'
import type { QueuedStep } from '../kept/items.ts'
import { waiting } from '../kept/queue.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { CaseFiles } from './case-files.tsx'
import { CaseLines } from './case-lines.tsx'
import type { CaseView, Entry, MoveOffer } from './queries.ts'
import { RefusedStep } from './refused-step.tsx'
import { Reporter } from './reporter.tsx'
import { StepDialog } from './step-dialog.tsx'
import { useCase } from './use-case.ts'

export function CasePage() {
  const { t } = useTranslation()
  const { caseId } = useParams({ from: '/own/cases/$caseId' })
  const { view, entries, keptAt, error, readAgain } = useCase(caseId)
  if (view) return <Matter view={view} entries={entries} keptAt={keptAt} />
  if (!error) return <Opening />
  return (
    <Page title={t('case.title')}>
      <p role="alert">{problemWords(error, t)}</p>
      <p className="second">{t('case.notAlong')}</p>
      <button type="button" className="btn" onClick={readAgain}>
        {t('app.retry')}
      </button>
    </Page>
  )
}

interface MatterProps {
  view: CaseView
  entries: readonly Entry[]
  keptAt: number | undefined
}

/** One matter, always in this order: until when, what, where and whom to call, pictures, how it went; below, what this post may do now. */
function Matter({ view, entries, keptAt }: MatterProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const { accountId } = useOwnMe()
  const [open, setOpen] = useState<MoveOffer>()
  const own = useKept(waiting).filter((item) => item.kind === 'step' && item.caseId === view.caseId && item.accountId === accountId)
  const steps = own as readonly QueuedStep[]
  const unsent = steps.filter(({ refusal }) => !refusal)
  const later = new Set(entries.flatMap(({ move, attachments }) => (move === 'open' ? [] : attachments.map(({ fileId }) => fileId))))
  const mend = (step: QueuedStep): void => setOpen(view.moves.find(({ key }) => key === step.key))
  return (
    <Page
      title={view.title}
      head={
        <header className="bar case-head">
          <Link to="/" className="back" aria-label={t('app.back')}>
            <Icon of={ChevronLeft} />
          </Link>
          <h1 className="bar-title" lang="zh-CN">
            {view.title}
          </h1>
        </header>
      }
      foot={<Steps view={view} isWaiting={unsent.length > 0} onStep={setOpen} />}
    >
      {keptAt === undefined ? null : <p className="note">{t('case.keptAt', { at: time.moment(keptAt, Date.now()) })}</p>}
      {steps.map((step) =>
        step.refusal ? <RefusedStep key={step.requestId} step={step} view={view} entries={entries} onMend={mend} /> : null,
      )}
      <Standing view={view} />
      <section className="sheet sheet-stack" aria-label={t('case.what')} lang="zh-CN">
        <p className="case-words">{view.detail}</p>
      </section>
      <section className="sheet sheet-stack" aria-label={t('case.where')}>
        {view.place ? (
          <p lang="zh-CN">
            <Plate>{view.place}</Plate>
          </p>
        ) : null}
        <p className="second" lang="zh-CN">
          {[view.communityName, view.cellName].filter(Boolean).join(' ')}
        </p>
        <Reporter view={view} isFresh={keptAt === undefined} />
      </section>
      <Subjects view={view} />
      <CaseFiles caseId={view.caseId} files={view.attachments.filter(({ fileId }) => !later.has(fileId))} isFresh={keptAt === undefined} />
      <Section title={t('case.log')}>
        <div className="sheet">
          <CaseLines view={view} entries={entries} unsent={unsent} isFresh={keptAt === undefined} />
        </div>
      </Section>
      <a className="link" href={`/workbench/cases/${view.caseId}`}>
        {t('case.workbench')}
      </a>
      {open ? <StepDialog key={open.key} view={view} offer={open} onClose={() => setOpen(undefined)} /> : null}
    </Page>
  )
}

/** Which kind and where it stands, and the deadline of whoever has it, on a ruler. */
function Standing({ view }: { view: CaseView }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const now = useServerNow()
  const own = view.clock && view.clocks.find(({ key, startedAt }) => key === view.clock?.key && startedAt === view.clock.startedAt)
  return (
    <section className="sheet sheet-stack" aria-label={t('case.standing')}>
      <p className="row-meta">
        <b>{t([`today.kind_${view.kind}`, 'today.kind_other'])}</b>
        <span>{word(`stage.${view.stage}`, view.stageName)}</span>
        {view.level ? (
          <span>{word(`option.level.${view.level}`, t([`report.levels.${view.level}`, 'report.levels.ordinary']))}</span>
        ) : null}
        <span className="num">{view.number}</span>
      </p>
      {own ? (
        <>
          <p>
            {word(`clock.${own.key}`, own.name)} <Clk state={own.state}>{t(`case.clocks.${own.state}`)}</Clk>
          </p>
          <Ruler clock={own} now={now} />
        </>
      ) : null}
    </section>
  )
}

/** What it is about; a person opens, where this post sees the file. */
function Subjects({ view: { subjects = [] } }: { view: CaseView }) {
  const { t } = useTranslation()
  if (subjects.length === 0) return null
  return (
    <Section title={t('report.subjects')}>
      <ul className="sheet rows">
        {subjects.map(({ kind, id, name }) => (
          <li key={id}>
            {kind === 'person' && name !== null ? (
              <Link to="/people/$personId" params={{ personId: id }} className="row">
                <span className="row-text">
                  {t(`case.subject.${kind}`)} <span lang="zh-CN">{name}</span>
                </span>
              </Link>
            ) : (
              <p className="row">
                <span className="row-text">
                  {t(`case.subject.${kind}`)} {name === null ? t('case.unseen') : <span lang="zh-CN">{name}</span>}
                </span>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface StepsProps {
  view: CaseView
  isWaiting: boolean
  onStep(offer: MoveOffer): void
}

/** Exactly the steps that the server offers, the first choice large. After one that waits here, the next is made on what comes of it. */
function Steps({ view: { moves }, isWaiting, onStep }: StepsProps) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  if (isWaiting) return <p>{t('case.stepWaits')}</p>
  if (moves.length === 0) return <p>{t('case.noSteps')}</p>
  const first = moves.find(({ primary }) => primary)
  return (
    <>
      {first ? (
        <button type="button" className="btn primary big wide" onClick={() => onStep(first)}>
          {word(`move.${first.key}`, first.name)}
        </button>
      ) : null}
      <div className="btn-row">
        {moves.map((move) =>
          move === first ? null : (
            <button key={move.key} type="button" className="btn" onClick={() => onStep(move)}>
              {word(`move.${move.key}`, move.name)}
            </button>
          ),
        )}
      </div>
    </>
  )
}
