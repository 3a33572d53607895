import { Basis, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Kind, kindInAddress, kindOf } from '../api/kinds.ts'
import type { Me } from '../api/queries.ts'
import { Problem, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { useDayWords } from './day-words.ts'
import { DutyDialog } from './duty-dialog.tsx'
import { DutyState } from './duty-state.tsx'
import { EndDutyDialog } from './end-duty-dialog.tsx'
import { type DutyView, dutyQuery } from './queries.ts'

interface DutyDrawerProps {
  me: Me
  dutyId: string
  onClose(): void
}

/** One line: its words and basis, how it came about, and what was sent by it or given back. */
export function DutyDrawer({ me, dutyId, onClose }: DutyDrawerProps) {
  const { t } = useTranslation()
  const { data: duty, error, refetch } = useQuery(dutyQuery(dutyId))
  const [doing, setDoing] = useState<'amend' | 'end'>()
  const canChange = duty !== undefined && may(me, 'cases.duties') && duty.state !== 'ended' && duty.validTo === null && !duty.isPending
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(40rem, 100vw)"
      className="wb-drawer"
      title={duty ? `${duty.clauseNo} ${duty.clause}` : t('duties.title')}
    >
      <div className="wb-drawer-body">
        {error && !duty ? <Problem error={error} retry={() => void refetch()} /> : null}
        {!duty && !error ? <Waiting rows={4} /> : null}
        {duty ? (
          <>
            <DutyFacts duty={duty} />
            {canChange ? (
              <p className="wb-inline">
                <button type="button" className="dk-button" onClick={() => setDoing('amend')}>
                  {t('duties.amend')}
                </button>
                <button type="button" className="dk-button" onClick={() => setDoing('end')}>
                  {t('duties.end')}
                </button>
              </p>
            ) : null}
            {may(me, 'cases.duties') && duty.isPending ? <p className="wb-info">{t('duties.pendingText')}</p> : null}
            <Routed duty={duty} />
            <Rejected duty={duty} />
            <History duty={duty} />
          </>
        ) : null}
      </div>
      {duty && doing === 'amend' ? <DutyDialog line={duty} onClose={() => setDoing(undefined)} /> : null}
      {duty && doing === 'end' ? <EndDutyDialog line={duty} onClose={() => setDoing(undefined)} /> : null}
    </Drawer>
  )
}

function DutyFacts({ duty }: { duty: DutyView }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const facts: [label: string, value: string][] = [
    [t('duties.list'), t(`duties.lists.${duty.standing}`)],
    [t('duties.org'), duty.orgName],
    [t('duties.area'), duty.areaName],
    [t('duties.category'), text(`category.${duty.category}`, duty.categoryName)],
    [t('duties.sayings'), duty.words.length > 0 ? duty.words.join('、') : t('duties.noSayings')],
  ]
  return (
    <section aria-label={t('duties.basis')}>
      <Basis clause={duty.clauseNo} source={duty.document}>
        {duty.clause}
      </Basis>
      <dl className="wb-duty-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('duties.state')}</dt>
          <dd>
            <DutyState row={duty} />
          </dd>
        </div>
      </dl>
      {duty.standing === 'withdrawn' ? <p className="wb-info">{t('duties.withdrawnText')}</p> : null}
    </section>
  )
}

/** The list of a kind opens on the matters that were sent by this line. */
function Routed({ duty }: { duty: DutyView }) {
  const { t } = useTranslation()
  if (!duty.routed) return null
  const kinds = [...new Set(duty.kinds.map((kind): Kind => kindOf(kind)))]
  return (
    <section>
      <h2 className="dk-h3">{t('duties.routed')}</h2>
      {duty.routed.total === 0 ? (
        <p className="dk-note">{t('duties.routedNone')}</p>
      ) : (
        <p>
          {t('duties.routedCount', { count: duty.routed.total, open: duty.routed.open })}{' '}
          {kinds.map((kind) => (
            <Link key={kind} to="/list" search={{ ...kindInAddress(kind), queue: 'all', duty: duty.dutyId }} className="dk-link">
              {t('duties.openList', { kind: t(`kinds.${kind}`) })}
            </Link>
          ))}
        </p>
      )}
    </section>
  )
}

function Rejected({ duty }: { duty: DutyView }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  if (!duty.rejected) return null
  return (
    <section>
      <h2 className="dk-h3">{t('duties.rejected')}</h2>
      {duty.rejected.length === 0 ? <p className="dk-note">{t('duties.rejectedNone')}</p> : null}
      <ul className="wb-plain">
        {duty.rejected.map((one) => (
          <li key={`${one.caseId} ${one.at}`} className="wb-duty-line">
            <Link to="/cases/$caseId" params={{ caseId: one.caseId }} className="dk-link">
              {one.number} {one.title}
            </Link>
            <span className="dk-meta">
              {t('duties.rejectedBy', {
                org: one.orgName,
                reason: one.code ? t(`desk.entryValue.code.${one.code}`, { defaultValue: one.code }) : '',
                at: time.moment(one.at, now),
              })}
            </span>
            {one.basis ? <span>{t('duties.rejectedBasis', { basis: one.basis })}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function History({ duty }: { duty: DutyView }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const day = useDayWords()
  return (
    <section>
      <h2 className="dk-h3">{t('duties.history')}</h2>
      <ul className="wb-plain">
        {duty.history.map((line) => (
          <li key={line.dutyId} className="wb-duty-line">
            <span>
              {line.clauseNo} {line.clause}
            </span>
            <span className="dk-meta">
              {t(line.validTo ? 'duties.fromTo' : 'duties.from', { from: day(line.validFrom), to: day(line.validTo) })} · {line.orgName} ·{' '}
              {t(`duties.lists.${line.standing}`)}
            </span>
          </li>
        ))}
        {duty.changes.map((change) => (
          <li key={change.changeId} className="wb-duty-line">
            <span>{t(`duties.changeKinds.${change.change}`, { reason: change.reason })}</span>
            <span className="dk-meta">
              {t('duties.proposedBy', { name: change.proposedBy, at: time.moment(change.proposedAt, now) })}
              {change.decidedBy && change.decidedAt
                ? ` · ${t(`duties.decidedBy.${change.state}`, { name: change.decidedBy, at: time.moment(change.decidedAt, now) })}`
                : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
