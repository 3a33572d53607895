import { ClockBadge, type ClockFacts, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/queries.ts'

/** All clocks of the case by name, relative first and absolute second, and everyone who takes part. */
export function CaseSide({ caseFile }: { caseFile: CaseView }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const clocks = [...caseFile.clocks].sort((a, b) => rank(a) - rank(b) || Date.parse(a.dueAt) - Date.parse(b.dueAt))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it is long, so the keyboard must be able to get into it
    <aside className="wb-case-side" aria-label={t('side.label')} tabIndex={0}>
      <section>
        <h2 className="dk-h3">
          {t('side.clocks')} <span className="dk-meta">{t('side.count', { count: clocks.length })}</span>
        </h2>
        <ul>
          {clocks.map((clock) => (
            <li key={`${clock.key} ${clock.startedAt}`}>
              <span className="wb-side-row">
                <span>{text(`clock.${clock.key}`, clock.name)}</span>
                <ClockBadge clock={clock} />
              </span>
              <span className="dk-meta">
                {clock.orgName ? `${clock.orgName} ` : ''}
                {clock.state === 'done' && clock.stoppedAt
                  ? t('side.stopped', { at: time.moment(clock.stoppedAt, now) })
                  : time.clock(clock, now).absolute}
                {clock.provisional ? ` ${t('side.provisional')}` : ''}
              </span>
              {clock.spans.some((span) => span.kind === 'paused') ? (
                <span className="dk-meta">{t('side.pauses', { count: clock.spans.filter((span) => span.kind === 'paused').length })}</span>
              ) : null}
            </li>
          ))}
        </ul>
        {clocks.length === 0 ? <p className="dk-note">{t('side.noClocks')}</p> : null}
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

const rank = (clock: Pick<ClockFacts, 'state'>): number => (clock.state === 'done' ? 1 : 0)
