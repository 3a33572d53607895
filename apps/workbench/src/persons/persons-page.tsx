import './words.ts'
import { careGroups } from '@linli/registry/define'
import { type Column, DataTable, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../api/queries.ts'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { useCareGroupName } from './care-group-name.ts'
import { type PersonRow, personsQuery } from './queries.ts'
import { RecordDialog } from './record-dialog.tsx'

/** People of the own area: found by two characters of the name, initials, tails of numbers, or the address. */
export function PersonsPage() {
  const { t } = useTranslation()
  const { data: me } = useQuery(meQuery)
  const time = useTimeWords()
  const now = useNow()
  const careGroupName = useCareGroupName()
  const search = useSearch({ from: '/shell/persons' })
  const navigate = useNavigate()
  const [isRecording, setIsRecording] = useState(false)
  const list = useInfiniteQuery(
    personsQuery({ limit: 30, ...(search.q ? { q: search.q } : {}), ...(search.careGroup ? { careGroup: search.careGroup } : {}) }),
  )
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const go = (change: Partial<typeof search>) => void navigate({ to: '/persons', search: { ...search, ...change } })
  const open = (personId: string) => void navigate({ to: '/persons/$personId', params: { personId } })
  const columns: Column<PersonRow>[] = [
    { key: 'name', head: t('persons.name'), width: '9rem', cell: (row) => <span className="wb-cell-main">{row.masked.name}</span> },
    { key: 'idNumber', head: t('persons.field.idNumber'), width: '13rem', cell: (row) => row.masked.idNumber ?? t('persons.unknown') },
    { key: 'phone', head: t('persons.field.phone'), width: '9rem', cell: (row) => row.masked.phone ?? t('persons.unknown') },
    {
      key: 'place',
      head: t('persons.place'),
      cell: (row) => (
        <>
          {row.place}
          {row.status === 'here' ? null : <span className="dk-meta wb-block">{t(`persons.status.${row.status}`)}</span>}
        </>
      ),
    },
    {
      key: 'care',
      head: t('persons.careGroups'),
      width: '12rem',
      cell: (row) => row.careGroups.map(careGroupName).join(t('persons.and')),
    },
    { key: 'changed', head: t('persons.changed'), width: '9rem', cell: (row) => time.moment(row.changedAt, now) },
  ]
  if (!me) return <Waiting />
  return (
    <div className="wb-page wb-page-fill">
      <header className="wb-page-head">
        <div>
          <h1>{t('persons.title')}</h1>
          <p className="dk-note">{t('persons.text')}</p>
        </div>
        {may(me, 'registry.record') ? (
          <button type="button" className="dk-button dk-button-primary" onClick={() => setIsRecording(true)}>
            {t('persons.record')}
          </button>
        ) : null}
      </header>
      <form
        className="wb-filter"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          const words = new FormData(event.currentTarget).get('q')
          go({ q: typeof words === 'string' && words.trim() ? words.trim() : undefined })
        }}
      >
        <input
          key={search.q ?? ''}
          name="q"
          type="search"
          className="dk-input"
          defaultValue={search.q ?? ''}
          aria-label={t('persons.find')}
          placeholder={t('persons.find')}
          minLength={2}
          maxLength={60}
        />
        <select
          className="dk-input"
          aria-label={t('persons.careGroups')}
          value={search.careGroup ?? ''}
          onChange={(event) => go({ careGroup: event.currentTarget.value || undefined })}
        >
          <option value="">{t('persons.anyGroup')}</option>
          {careGroups.map((group) => (
            <option key={group.key} value={group.key}>
              {careGroupName(group)}
            </option>
          ))}
        </select>
        <button type="submit" className="dk-button">
          {t('list.find')}
        </button>
      </form>
      <div className="wb-table-panel">
        {list.isPending ? <Waiting /> : null}
        {list.error && rows.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isSuccess ? (
          <DataTable
            caption={t('persons.title')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.personId}
            selected={undefined}
            onOpen={open}
            empty={<Nothing title={search.q || search.careGroup ? t('persons.noneFound') : t('persons.none')} />}
          />
        ) : null}
        <footer className="wb-foot">
          <span className="dk-note">{t('list.shown', { count: rows.length })}</span>
          {list.hasNextPage ? (
            <button
              type="button"
              className="dk-button dk-button-small"
              disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('queue.more')}
            </button>
          ) : null}
        </footer>
      </div>
      {isRecording ? <RecordDialog me={me} onClose={() => setIsRecording(false)} onMade={open} /> : null}
    </div>
  )
}
