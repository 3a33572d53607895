import { Sep, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/queries.ts'

interface TogetherProps {
  caseFile: CaseView
  heading: 'h2' | 'h3'
}

/** Reports of one matter point to each other. */
export function Merged({ caseFile: { mergedInto, merged } }: Pick<TogetherProps, 'caseFile'>) {
  const { t } = useTranslation()
  if (!mergedInto && merged.length === 0) return null
  return (
    <p className="wb-info">
      {mergedInto ? (
        <>
          {t('case.mergedInto')}{' '}
          <Link to="/cases/$caseId" params={{ caseId: mergedInto.caseId }}>
            {mergedInto.number}
          </Link>
        </>
      ) : null}
      {merged.length > 0 ? t('case.merged', { count: merged.length }) : null}
      {merged.map((one) => (
        <MergedReport key={one.caseId} report={one} />
      ))}
    </p>
  )
}

/** Number, day, channel and who, masked. */
function MergedReport({ report: { caseId, number, openedAt, channel, reporter } }: { report: CaseView['merged'][number] }) {
  const { t, i18n } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const channelKey = `desk.entryValue.channel.${channel}`
  const who = [reporter.name, reporter.phone].filter(Boolean).join(' ')
  return (
    <span className="wb-merged">
      <Link to="/cases/$caseId" params={{ caseId }}>
        {number}
      </Link>
      <Sep />
      {time.moment(openedAt, now)}
      <Sep />
      {i18n.exists(channelKey) ? t(channelKey) : channel}
      <Sep />
      <span className="dk-masked">{who || t('case.noContact')}</span>
    </span>
  )
}

/** Who gave the matter back and on what ground, each beside the other, and who is to decide: what a ruling is made on. */
export function Dispute({ caseFile: { kind, rejections, ruling }, heading: Heading }: TogetherProps) {
  const { t, i18n } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const id = useId()
  if (rejections.length === 0) return null
  const reasonOf = (code: string): string => {
    const field = kind === 'assistance' ? 'refusal' : 'code'
    const key = `desk.entryValue.${field}.${code}`
    return text(`option.${field}.${code}`, i18n.exists(key) ? t(key) : code)
  }
  return (
    <section className="wb-together" aria-labelledby={id}>
      <Heading id={id}>{t(kind === 'assistance' ? 'case.refusals' : 'case.rejections')}</Heading>
      <ol className="wb-bases">
        {rejections.map(({ seq, orgName, reason, basis, at }) => (
          <li key={seq}>
            <b>{t(kind === 'assistance' ? 'case.refusedBy' : 'case.rejectedBy', { org: orgName })}</b>
            <span className="dk-meta">
              {reason ? reasonOf(reason) : null}
              <Sep />
              {time.moment(at, now)}
            </span>
            {basis ? <q className="dk-quote">{basis}</q> : null}
          </li>
        ))}
      </ol>
      {ruling ? (
        <p className="wb-ruling">
          {t(ruling.settledAt ? 'case.ruled' : 'case.toRule', { area: ruling.areaName })}
          <Sep />
          {time.moment(ruling.settledAt ?? ruling.askedAt, now)}
        </p>
      ) : null}
    </section>
  )
}

/** The parts that other units do, with how far each is. */
export function Tasks({ caseFile: { tasks, kind }, heading: Heading }: TogetherProps) {
  // Who is called out reports in; who has a part of a matter does it.
  const [title, state] = kind === 'callOut' ? (['comers', 'comerState'] as const) : (['tasks', 'taskState'] as const)
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const id = useId()
  if (tasks.length === 0) return null
  return (
    <section className="wb-together" aria-labelledby={id}>
      <Heading id={id}>{t(`case.${title}`)}</Heading>
      <ol>
        {tasks.map(({ seq, orgName, part, status, startedAt, settledAt, dueAt, isLate, result }) => (
          // One step may give several parts.
          <li key={`${seq} ${orgName}`} data-status={status}>
            <b>{orgName}</b>
            <span className="dk-meta">
              {t(`case.${state}.${status}`)}
              {(settledAt ?? startedAt) ? (
                <>
                  <Sep />
                  {time.moment((settledAt ?? startedAt)!, now)}
                </>
              ) : null}
            </span>
            {isLate && dueAt ? <span className="dk-error">{t('case.latePart', { at: time.moment(dueAt, now) })}</span> : null}
            <span>{part}</span>
            {result ? <q className="dk-quote">{result}</q> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
