import { type Column, DataTable } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Handover } from './queries.ts'

type Item = Handover['items'][number]
type Party = Handover['parties'][number]

/** What engines hand over, in the order of the list. */
const kinds = ['building', 'case', 'person', 'device', 'episode'] as const
type Kind = (typeof kinds)[number]

/** What goes, kind by kind; a case opens for whoever sees it. */
export function HandoverItems({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const way: Column<Item> = {
    key: 'way',
    head: t('handovers.way'),
    width: '16rem',
    cell: ({ fromArea, toArea }) => (fromArea === toArea ? fromArea : `${fromArea} → ${toArea}`),
  }
  const ofCases: Column<Item>[] = [
    {
      key: 'label',
      head: t('handovers.case'),
      cell: ({ itemId, label, note }) => (
        <>
          <Link to="/cases/$caseId" params={{ caseId: itemId }} className="dk-link">
            {label}
          </Link>{' '}
          {note}
        </>
      ),
    },
    { key: 'stage', head: t('handovers.stage'), width: '7rem', cell: ({ stage }) => stage ?? '' },
    {
      key: 'due',
      head: t('handovers.due'),
      width: '11rem',
      cell: ({ dueAt }) => (dueAt ? <time dateTime={dueAt}>{time.date(Date.parse(dueAt))}</time> : t('handovers.noDue')),
    },
    way,
  ]
  const named = (name: string, note: string): Column<Item>[] => [
    { key: 'label', head: name, width: '11rem', cell: ({ label }) => label },
    { key: 'note', head: note, cell: ({ note }) => note ?? '' },
    way,
  ]
  const columns: Record<Kind, Column<Item>[]> = {
    building: [{ key: 'label', head: t('handovers.building'), cell: ({ label }) => label }, way],
    case: ofCases,
    person: named(t('handovers.person'), t('handovers.home')),
    device: named(t('handovers.device'), t('handovers.place')),
    episode: named(t('handovers.episode'), t('handovers.place')),
  }
  return kinds.map((kind) => {
    const those = items.filter((item) => item.kind === kind)
    return those.length > 0 ? (
      <div key={kind} className="wb-table-panel">
        <DataTable caption={t(`handovers.of.${kind}`)} columns={columns[kind]} rows={those} rowId={(row) => row.itemId} empty={null} />
      </div>
    ) : null
  })
}

/** How many of each kind go, in one sentence. */
export function HandoverCounts({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation()
  const counted = kinds.flatMap((kind) => {
    const n = items.filter((item) => item.kind === kind).length
    return n > 0 ? [t(`handovers.counts.${kind}`, { n })] : []
  })
  return counted.length > 0 ? t('handovers.counted', { counts: counted.join(t('handovers.and')) }) : t('handovers.countedNone')
}

/** Who gives, who takes, who is told. */
export function HandoverParties({ parties }: { parties: readonly Party[] }) {
  const { t } = useTranslation()
  if (parties.length === 0) return null
  return (
    <dl className="wb-handover-parties">
      {(['gives', 'takes', 'knows'] as const).map((side) => {
        const those = parties.filter((party) => party.side === side)
        return (
          <div key={side}>
            <dt>{t(`handovers.side.${side}`)}</dt>
            <dd>
              {those.length === 0
                ? t('handovers.nobody')
                : those.map(({ name, roleName, areaName }) => `${name}（${areaName} ${roleName}）`).join('、')}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
