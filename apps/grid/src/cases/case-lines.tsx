import { type Fact, factsOf } from '@linli/ui/forms'
import { useDefinitionText, useTimeWords } from '@linli/ui/text'
import { Icon } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { Check, CloudUpload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useServerNow } from '../alarm/alarm-watch.tsx'
import { categoriesQuery, matterKinds } from '../api/queries.ts'
import type { QueuedStep } from '../kept/items.ts'
import { CaseFiles } from './case-files.tsx'
import type { CaseView, Entry } from './queries.ts'

interface CaseLinesProps {
  view: CaseView
  entries: readonly Entry[]
  unsent: readonly QueuedStep[]
  isFresh: boolean
}

/** How it went, oldest first; then what waits on this phone. */
export function CaseLines({ view, entries, unsent, isFresh }: CaseLinesProps) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useServerNow()
  const { data: categories } = useQuery(categoriesQuery(matterKinds.find((kind) => kind === view.kind) ?? 'event'))
  const names = new Map([
    ...view.parties.map(({ orgId, name }) => [orgId, name] as const),
    ...(categories?.items ?? []).map(({ key, name }) => [key, word(`category.${key}`, name)] as const),
  ])
  return (
    <ol className="tl">
      {entries.map((entry) => (
        <li key={entry.seq}>
          <span className="tl-mark">
            <Icon of={Check} />
          </span>
          <div>
            <div className="tl-head">
              <span>{word(`move.${entry.move}`, entry.moveName)}</span>
              <time dateTime={entry.at}>{time.moment(entry.at, now)}</time>
            </div>
            <p className="quiet" lang="zh-CN">
              {[entry.orgName, entry.byName].filter(Boolean).join(' ')}
            </p>
            {/* What was reported stands above, in full. */}
            {entry.move === 'open' ? null : factsOf(entry.data, names).map((fact) => <FactLine key={fact.key} fact={fact} now={now} />)}
            {entry.move === 'open' ? null : <CaseFiles caseId={view.caseId} files={entry.attachments} isFresh={isFresh} />}
          </div>
        </li>
      ))}
      {unsent.map((step) => (
        <li key={step.requestId}>
          <span className="tl-mark">
            <Icon of={CloudUpload} />
          </span>
          <div className="tl-head">
            <span>{t('alarm.unsent', { what: word(`move.${step.key}`, step.stepName) })}</span>
            <time dateTime={new Date(step.at).toISOString()}>{time.moment(step.at, now)}</time>
          </div>
        </li>
      ))}
    </ol>
  )
}

function FactLine({ fact, now }: { fact: Fact; now: number }) {
  const { t, i18n } = useTranslation()
  const time = useTimeWords()
  if (fact.kind === 'words') return <p lang="zh-CN">“{fact.text}”</p>
  const label = `desk.entry.${fact.key}`
  // A code without a name says nothing to a person; the record keeps it.
  if (!i18n.exists(label)) return null
  const named = fact.kind === 'short' ? `desk.entryValue.${fact.key}.${fact.text}` : ''
  const value =
    fact.kind === 'time'
      ? time.moment(fact.at, now)
      : fact.kind === 'yesNo'
        ? t(fact.yes ? 'kit.form.yes' : 'kit.form.no')
        : i18n.exists(named)
          ? t(named)
          : fact.text
  return (
    <p>
      {t(label)} <span lang="zh-CN">{value}</span>
    </p>
  )
}
