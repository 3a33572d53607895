import { useDefinitionText, useTimeWords } from '@linli/ui/text'
import { Clk, Icon } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { Bell, Handshake, MapPin, Megaphone, MessageSquareText } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useServerNow } from '../alarm/alarm-watch.tsx'
import type { CaseRow } from '../api/queries.ts'
import { roundMeters, type Work } from './work.ts'

const icons = { event: MapPin, appeal: MessageSquareText, callOut: Megaphone, assistance: Handshake, alarm: Bell }

/** One line: what, of which kind and where, and on the right until when and how far. The whole line opens it. */
export function WorkRow({ work, meters }: { work: Work; meters: number | undefined }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const title = work.kind === 'alarm' ? word(`rule.${work.alarm.rule}`, work.alarm.ruleName) : work.matter.title
  const body = (
    <>
      <Icon of={icons[work.kind]} />
      <span className="row-text">
        <span className="row-title">{title}</span>
        <span className="quiet row-meta">
          <span>{t(`today.kind_${work.kind}`)}</span>
          {work.place ? <span lang="zh-CN">{work.place}</span> : null}
        </span>
      </span>
      <span className="row-end">
        {work.kind === 'alarm' ? (
          <span className="quiet">{t(`alarm.stages.${work.alarm.stage}`)}</span>
        ) : (
          <CaseClock matter={work.matter} />
        )}
        {meters === undefined ? null : <Distance meters={meters} />}
      </span>
    </>
  )
  return work.kind === 'alarm' ? (
    <Link to="/alarms/$episodeId" params={{ episodeId: work.alarm.episodeId }} className="row">
      {body}
    </Link>
  ) : (
    <Link to="/cases/$caseId" params={{ caseId: work.matter.caseId }} className="row">
      {body}
    </Link>
  )
}

function CaseClock({ matter }: { matter: CaseRow }): ReactNode {
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useServerNow()
  const { clock } = matter
  if (!clock) return <span className="quiet">{word(`stage.${matter.stage}`, matter.stageName)}</span>
  return (
    <Clk state={clock.state} bare>
      {time.clock(clock, now).relative}
    </Clk>
  )
}

function Distance({ meters }: { meters: number }) {
  const { t } = useTranslation()
  const { unit, value } = roundMeters(meters)
  return <span className="quiet num">{t(`today.${unit}`, { value })}</span>
}
