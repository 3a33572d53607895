import { ClockBadge, KindStamp, Sep, useDefinitionText, useHolderText } from '@linli/ui/desk'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/queries.ts'
import { CopyNumber } from '../parts/copy-number.tsx'

interface CaseHeadProps {
  caseFile: CaseView
  /** Place in the list, e.g. "2 of 27". */
  position?: string | undefined
  /** The case has the address to itself. */
  isPage?: boolean
  /** Where the list is not beside it, the subject is the page's title. */
  isTitle?: boolean
  tools?: ReactNode
}

/** Number, subject, and every clock that runs, named: the inner one has the plate, the promise to the resident beside it. */
export function CaseHead({ caseFile, position, isPage = false, isTitle = isPage, tools }: CaseHeadProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const holderText = useHolderText()
  const Title = isTitle ? 'h1' : 'h2'
  const running = caseFile.clocks.filter((clock) => clock.state !== 'done')
  const own = running.find((clock) => clock.key === caseFile.clock?.key) ?? running[0]
  return (
    <header className="wb-case-head">
      <p className="wb-case-meta">
        <span className="wb-case-number">
          <KindStamp kind={caseFile.kind} /> <CopyNumber number={caseFile.number} />
          {position ? <span>{position}</span> : null}
        </span>
        <span>
          {text(`stage.${caseFile.stage}`, caseFile.stageName)}
          {caseFile.status === 'open' ? (
            <>
              <Sep />
              {holderText(caseFile)}
            </>
          ) : null}
          {caseFile.rounds > 1 ? (
            <>
              <Sep />
              {t('case.round', { n: caseFile.rounds })}
            </>
          ) : null}
          {isPage ? null : (
            <>
              <Sep />
              <Link to="/cases/$caseId" params={{ caseId: caseFile.caseId }} className="dk-link">
                {t('case.open')}
              </Link>
            </>
          )}
        </span>
      </p>
      <div className="wb-case-title-row">
        <Title className="wb-case-title">{caseFile.title}</Title>
        {tools}
      </div>
      {running.length > 0 ? (
        <p className="wb-case-clocks">
          {[...running]
            .sort((a, b) => Number(b === own) - Number(a === own))
            .map((clock) => (
              <span key={`${clock.key} ${clock.startedAt}`}>
                <span className="dk-meta">{t('case.clock', { name: text(`clock.${clock.key}`, clock.name) })}</span>{' '}
                <ClockBadge clock={clock} withDue quiet={clock !== own} />
              </span>
            ))}
        </p>
      ) : null}
    </header>
  )
}
