import './words.ts'
import { careGroups } from '@linli/registry/define'
import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../api/queries.ts'
import { Choice } from '../lists/choice.tsx'
import { chipsOf } from '../lists/filter-chips.tsx'
import { FindForm } from '../lists/find-form.tsx'
import type { ListColumn } from '../lists/list-column.ts'
import { ListSheet } from '../lists/list-sheet.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { may } from '../session/home.ts'
import { useCareGroupName } from './care-group-name.ts'
import { type PersonQuery, type PersonRow, personsQuery } from './queries.ts'
import { RecordDialog } from './record-dialog.tsx'

const statuses = ['here', 'away', 'died', 'erased'] as const

/** People of the own area: found by two characters of the name, initials, tails of numbers, or the address. */
export function PersonsPage() {
  const { t } = useTranslation()
  const { data: me } = useQuery(meQuery)
  const careGroupName = useCareGroupName()
  const search = useSearch({ from: '/shell/persons' })
  const navigate = useNavigate()
  const [isRecording, setIsRecording] = useState(false)
  const { q, careGroup } = search
  const status = statuses.find((one) => one === search.status)
  const query: PersonQuery = { ...(q ? { q } : {}), ...(careGroup ? { careGroup } : {}), ...(status ? { status } : {}) }
  const list = useInfiniteQuery(personsQuery(query))
  const go = (change: Partial<typeof search>) => void navigate({ to: '/persons', search: { ...search, ...change } })
  const open = (personId: string) => void navigate({ to: '/persons/$personId', params: { personId } })
  const group = careGroups.find(({ key }) => key === careGroup)
  const chips = chipsOf(
    [
      ['q', t('lists.labels.q'), q],
      ['careGroup', t('persons.careGroups'), group && careGroupName(group)],
      ['status', t('persons.state'), status && t(`persons.status.${status}`)],
    ],
    (key) => go({ [key]: undefined }),
  )
  return (
    <div className="wb-page wb-page-fill">
      <PageHead title={t('persons.title')} note={t('persons.text')}>
        <Link to="/corrections" search={{}} className="dk-button">
          {t('persons.corrections')}
        </Link>
        {me && may(me, 'registry.record') ? (
          <button type="button" className="dk-button dk-button-primary" onClick={() => setIsRecording(true)}>
            {t('persons.record')}
          </button>
        ) : null}
      </PageHead>
      <FindForm q={q} label={t('persons.find')} minLength={2} onFind={(words) => go({ q: words })}>
        <Choice
          isInline
          label={t('persons.careGroups')}
          value={careGroup}
          options={careGroups.map((one) => ({ value: one.key, text: careGroupName(one) }))}
          onChoose={(chosen) => go({ careGroup: chosen })}
        />
        <Choice
          isInline
          label={t('persons.state')}
          value={status}
          options={statuses.map((one) => ({ value: one, text: t(`persons.status.${one}`) }))}
          onChoose={(chosen) => go({ status: chosen })}
        />
      </FindForm>
      <ListSheet
        name="registry.persons"
        caption={t('persons.title')}
        columns={useColumns()}
        list={list}
        rowId={(row) => row.personId}
        rowName={(row) => row.masked.name ?? t('persons.unknown')}
        onOpen={open}
        chips={chips}
        onClear={() => void navigate({ to: '/persons', search: {} })}
        emptyTitle={t('persons.none')}
        asked={{ query, address: { ...query }, onChoose: (address) => void navigate({ to: '/persons', search: address }) }}
      />
      {isRecording && me ? <RecordDialog me={me} onClose={() => setIsRecording(false)} onMade={open} /> : null}
    </div>
  )
}

function useColumns(): ListColumn<PersonRow>[] {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const careGroupName = useCareGroupName()
  const plain = (key: string, head: string, width: string, say: (row: PersonRow) => string): ListColumn<PersonRow> => ({
    key,
    head,
    width,
    cell: say,
    text: say,
  })
  const name = (row: PersonRow) => row.masked.name ?? t('persons.unknown')
  const status = (row: PersonRow) => (row.status === 'here' ? '' : t(`persons.status.${row.status}`))
  return [
    {
      key: 'name',
      head: t('persons.name'),
      width: '9rem',
      isFixed: true,
      cell: (row) => <span className="wb-cell-main">{name(row)}</span>,
      text: name,
    },
    plain('idNumber', t('persons.field.idNumber'), '13rem', (row) => row.masked.idNumber ?? t('persons.unknown')),
    plain('phone', t('persons.field.phone'), '9rem', (row) => row.masked.phone ?? t('persons.unknown')),
    {
      key: 'place',
      head: t('persons.place'),
      cell: (row) => (
        <>
          {row.place}
          {status(row) ? <span className="dk-meta wb-block">{status(row)}</span> : null}
        </>
      ),
      text: (row) => [row.place, status(row)].filter(Boolean).join(' '),
    },
    plain('careGroups', t('persons.careGroups'), '12rem', (row) => row.careGroups.map(careGroupName).join(t('persons.and'))),
    plain('changed', t('persons.changed'), '9rem', (row) => time.moment(row.changedAt, now)),
  ]
}
