import { useNow } from '@linli/ui/phone'
import { useTimeWords } from '@linli/ui/text'
import { Clk, Icon, useElder } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Matter } from '../kept/matters.ts'
import { CaseBadge, CaseRuler } from '../progress/case-badge.tsx'
import { useStageName } from '../progress/stage-name.ts'
import type { PublicCase } from '../progress/use-case.ts'

/** The matter that wants attention: what, who has it, until when. The whole card opens it. */
export function MatterCard({ found, readAt, tail }: { found: PublicCase; readAt: number; tail: string }) {
  const { t } = useTranslation()
  const now = useNow(found.now, readAt)
  const stage = useStageName(found)
  const words = useTimeWords({ elder: true })
  const elder = useElder()
  const open = found.status === 'open'
  const clock = open && found.clock && found.clock.state !== 'done' ? words.clock(found.clock, now) : undefined
  return (
    <Link to="/progress/$number" params={{ number: found.number }} search={{ tail }} className="sheet matter">
      <span className="matter-head">
        <span className="quiet">{found.canRate && !found.rating ? t('home.waitingRate') : open ? t('home.underway') : stage}</span>
        <CaseBadge found={found} now={now} />
      </span>
      <span className="matter-title">{found.title}</span>
      {open && !elder ? (
        <span className="matter-holder">
          <span className="face" aria-hidden="true">
            {[...found.holder][0]}
          </span>
          <span>
            {found.holder} · {stage}
          </span>
        </span>
      ) : null}
      {elder ? null : <CaseRuler found={found} now={now} />}
      {clock && elder ? (
        <>
          <span>{clock.relative}</span>
          <span className="second">{clock.absolute}</span>
        </>
      ) : null}
    </Link>
  )
}

/** One line of the list of matters. */
export function MatterRow({ matter, found, lost }: { matter: Matter; found: PublicCase | undefined; lost?: boolean }) {
  const { t } = useTranslation()
  const words = useTimeWords({ elder: useElder() })
  const now = useNow()
  const stage = useStageName(found)
  return (
    <Link to="/progress/$number" params={{ number: matter.number }} search={{ tail: matter.tail }} className="row matter-row">
      <span className="row-text">
        <span className="row-title">{found?.title || matter.title || matter.number}</span>
        <span className="quiet num row-meta">
          <span>{matter.number}</span>
          <span>{words.day(found?.openedAt ?? matter.keptAt, now)}</span>
        </span>
      </span>
      <span className="row-end">
        {found ? (
          <Clk state={found.status === 'open' ? (found.clock?.state ?? 'onTime') : 'done'} bare>
            {stage}
          </Clk>
        ) : (
          <span className="quiet">{lost ? t('progress.lost') : ''}</span>
        )}
      </span>
      <Icon of={ChevronRight} />
    </Link>
  )
}
