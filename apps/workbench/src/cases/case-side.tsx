import { ClockBadge, stateAt, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/queries.ts'

/** All clocks of the case by name, relative first and absolute second, and everyone who takes part. */
export function CaseSide({ caseFile }: { caseFile: CaseView }) {
  const { t } = useTranslation()
  const byDue = [...caseFile.clocks].sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
  const running = byDue.filter((clock) => clock.state !== 'done')
  const stopped = byDue.filter((clock) => clock.state === 'done')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it is long, so the keyboard must be able to get into it
    <aside className="wb-case-side" aria-label={t('side.label')} tabIndex={0}>
      <section>
        <h2 className="dk-h3">
          {t('side.clocks')} <span className="dk-meta">{t('side.count', { count: byDue.length })}</span>
        </h2>
        <ul>
          {running.map((clock) => (
            <ClockLine key={`${clock.key} ${clock.startedAt}`} clock={clock} isOwn={clock.key === caseFile.clock?.key} />
          ))}
        </ul>
        {stopped.length > 0 ? (
          <details open={running.length === 0}>
            <summary>{t('side.stoppedClocks', { count: stopped.length })}</summary>
            <ul>
              {stopped.map((clock) => (
                <ClockLine key={`${clock.key} ${clock.startedAt}`} clock={clock} isOwn={false} />
              ))}
            </ul>
          </details>
        ) : null}
        {byDue.length === 0 ? <p className="dk-note">{t('side.noClocks')}</p> : null}
      </section>
      <section>
        <h2 className="dk-h3">{t('side.parties')}</h2>
        {caseFile.parties.length > 0 ? (
          <ul>
            {caseFile.parties.map((party) => (
              <li key={party.orgId}>
                <span className="wb-side-row">
                  <span>{party.name}</span>
                  <span className="dk-meta">{t([`side.role.${party.role}`, 'side.role.other'])}</span>
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="dk-note">{t('side.noParties')}</p>
        )}
      </section>
      {caseFile.extension !== 'none' ? (
        <section>
          <h2 className="dk-h3">{t('side.extension')}</h2>
          <p className="dk-note">{t(`side.extensions.${caseFile.extension}`)}</p>
        </section>
      ) : null}
    </aside>
  )
}

/** Relative first, absolute second; only the clock of whoever holds the case has the plate. */
function ClockLine({ clock, isOwn }: { clock: CaseView['clocks'][number]; isOwn: boolean }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const pauses = clock.spans.filter((span) => span.kind === 'paused').length
  return (
    <li>
      <span className="wb-side-row">
        <span>{text(`clock.${clock.key}`, clock.name)}</span>
        <ClockBadge clock={clock} quiet={!isOwn} />
      </span>
      <span className="dk-meta">
        {clock.orgName ? `${clock.orgName} ` : ''}
        {clock.state === 'done' && clock.stoppedAt
          ? t('side.stopped', { at: time.moment(clock.stoppedAt, now) })
          : time.clock({ ...clock, state: stateAt(clock, now) }, now).absolute}
        {clock.provisional ? ` ${t('side.provisional')}` : ''}
      </span>
      {pauses > 0 ? <span className="dk-meta">{t('side.pauses', { count: pauses })}</span> : null}
    </li>
  )
}
