import { type Column, DataTable } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Handover } from './queries.ts'

type Item = Handover['items'][number]
type Party = Handover['parties'][number]

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
      width: '9rem',
      cell: ({ dueAt }) => (dueAt ? <time dateTime={dueAt}>{time.date(Date.parse(dueAt))}</time> : t('handovers.noDue')),
    },
    way,
  ]
  const ofBuildings: Column<Item>[] = [{ key: 'label', head: t('handovers.building'), cell: ({ label }) => label }, way]
  const ofPeople: Column<Item>[] = [
    { key: 'label', head: t('handovers.person'), width: '8rem', cell: ({ label }) => label },
    { key: 'note', head: t('handovers.home'), cell: ({ note }) => note ?? '' },
    way,
  ]
  const people = items.filter(({ kind }) => kind === 'person')
  const cases = items.filter(({ kind }) => kind === 'case')
  const buildings = items.filter(({ kind }) => kind === 'building')
  return (
    <>
      {buildings.length > 0 ? (
        <div className="wb-table-panel">
          <DataTable caption={t('handovers.buildings')} columns={ofBuildings} rows={buildings} rowId={(row) => row.itemId} empty={null} />
        </div>
      ) : null}
      {cases.length > 0 ? (
        <div className="wb-table-panel">
          <DataTable caption={t('handovers.cases')} columns={ofCases} rows={cases} rowId={(row) => row.itemId} empty={null} />
        </div>
      ) : null}
      {people.length > 0 ? (
        <div className="wb-table-panel">
          <DataTable caption={t('handovers.people')} columns={ofPeople} rows={people} rowId={(row) => row.itemId} empty={null} />
        </div>
      ) : null}
    </>
  )
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
