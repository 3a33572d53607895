import '../styles/signals.css'
import './words.ts'
import { things } from '@linli/signals/define'
import { type Column, DataTable, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../api/queries.ts'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { DeviceDialog } from './device-dialog.tsx'
import { type DeviceQuery, type DeviceRow, devicesQuery } from './queries.ts'
import { RegisterDialog } from './register-dialog.tsx'
import { useThingName } from './thing-name.ts'

const presences = ['online', 'offline', 'never'] as const
const states = ['active', 'suspended', 'retired'] as const

/** The ledger of devices (设备台账) of this post's area. */
export function DevicesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { q, kind, presence, state, device } = useSearch({ from: '/shell/devices' })
  const { data: me } = useQuery(meQuery)
  const [isRegistering, setRegistering] = useState(false)
  const [typed, setTyped] = useState(q ?? '')
  const query = {
    ...(q ? { q } : {}),
    ...(kind ? { kind } : {}),
    ...(presence ? { presence } : {}),
    ...(state ? { state } : {}),
  } as DeviceQuery
  const list = useInfiniteQuery(devicesQuery(query))
  const columns = useColumns()
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const first = list.data?.pages[0]
  const thingName = useThingName()
  const filter = (change: Record<string, string>) =>
    void navigate({ to: '/devices', search: { q, kind, presence, state, ...change }, replace: true })
  return (
    <div className="wb-page">
      <header className="wb-page-head">
        <div>
          <h1>{t('ledger.title')}</h1>
          <p className="dk-note">{first ? t('ledger.count', { total: first.total, online: first.online }) : t('ledger.text')}</p>
        </div>
        <Link to="/quarantine" className="dk-button">
          {t('quarantine.title')}
        </Link>
        {me && may(me, 'signals.register') ? (
          <button type="button" className="dk-button dk-button-primary" onClick={() => setRegistering(true)}>
            {t('ledger.register')}
          </button>
        ) : null}
      </header>
      <form
        className="wb-filter"
        onSubmit={(event) => {
          event.preventDefault()
          filter({ q: typed.trim() })
        }}
      >
        <input
          className="dk-input"
          aria-label={t('ledger.search')}
          placeholder={t('ledger.search')}
          value={typed}
          maxLength={40}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Choice
          label={t('ledger.kind')}
          value={kind}
          options={things.map((thing) => [thing.key, thingName(thing.key)])}
          onChange={(value) => filter({ kind: value })}
        />
        <Choice
          label={t('ledger.presence')}
          value={presence}
          options={presences.map((one) => [one, t(`ledger.presences.${one}`)])}
          onChange={(value) => filter({ presence: value })}
        />
        <Choice
          label={t('ledger.state')}
          value={state}
          options={states.map((one) => [one, t(`ledger.states.${one}`)])}
          onChange={(value) => filter({ state: value })}
        />
        <button type="submit" className="dk-button">
          {t('ledger.find')}
        </button>
      </form>
      {list.isPending ? <Waiting /> : null}
      {list.error && rows.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess ? (
        <div className="wb-table-panel">
          <DataTable
            caption={t('ledger.title')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.deviceId}
            selected={device}
            onOpen={(id) => void navigate({ to: '/devices', search: { q, kind, presence, state, device: id } })}
            empty={<Nothing title={t('ledger.none')}>{t('ledger.noneText')}</Nothing>}
          />
        </div>
      ) : null}
      {list.hasNextPage ? (
        <p className="wb-more">
          <button
            type="button"
            className="dk-button dk-button-small"
            disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('queue.more')}
          </button>
        </p>
      ) : null}
      {device ? (
        <DeviceDialog deviceId={device} onClose={() => void navigate({ to: '/devices', search: { q, kind, presence, state } })} />
      ) : null}
      {isRegistering && me ? <RegisterDialog me={me} onClose={() => setRegistering(false)} /> : null}
    </div>
  )
}

interface ChoiceProps {
  label: string
  value: string | undefined
  options: [value: string, label: string][]
  onChange(value: string): void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const { t } = useTranslation()
  return (
    <select
      className="dk-input wb-filter-choice"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{t('ledger.anyOf', { label })}</option>
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  )
}

function useColumns(): Column<DeviceRow>[] {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const thingName = useThingName()
  return [
    {
      key: 'code',
      head: t('ledger.code'),
      width: '10rem',
      cell: (row) => <span className="wb-cell-main">{row.code}</span>,
    },
    { key: 'kind', head: t('ledger.kind'), width: '9rem', cell: (row) => thingName(row.kind) },
    { key: 'place', head: t('ledger.place'), cell: (row) => row.place },
    { key: 'area', head: t('ledger.area'), width: '13rem', cell: (row) => [row.communityName, row.cellName].filter(Boolean).join(' ') },
    {
      key: 'presence',
      head: t('ledger.presence'),
      width: '8rem',
      cell: (row) => (
        <span className="wb-presence" data-presence={row.state === 'active' ? row.presence : row.state}>
          {row.state === 'active' ? t(`ledger.presences.${row.presence}`) : t(`ledger.states.${row.state}`)}
        </span>
      ),
    },
    {
      key: 'battery',
      head: t('ledger.battery'),
      width: '6rem',
      align: 'end',
      cell: (row) => (row.battery === null ? '—' : `${Math.round(row.battery)}%`),
    },
    {
      key: 'seen',
      head: t('ledger.seen'),
      width: '10rem',
      cell: (row) => (row.lastSeenAt ? <time dateTime={row.lastSeenAt}>{time.moment(row.lastSeenAt, now)}</time> : '—'),
    },
  ]
}
