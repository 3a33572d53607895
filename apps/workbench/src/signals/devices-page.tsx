import '../styles/signals.css'
import './words.ts'
import { things } from '@linli/signals/define'
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
import { DeviceDialog } from './device-dialog.tsx'
import { type DeviceQuery, type DeviceRow, devicesQuery, firmwareQuery } from './queries.ts'
import { RegisterDialog } from './register-dialog.tsx'
import { useThingName } from './thing-name.ts'

const presences = ['online', 'offline', 'never'] as const
const states = ['active', 'suspended', 'retired'] as const

/** The ledger of devices (设备台账) of this post's area. */
export function DevicesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/devices' })
  const { device, ...asked } = search
  const { data: me } = useQuery(meQuery)
  const [isRegistering, setRegistering] = useState(false)
  const list = useInfiniteQuery(devicesQuery(asked as DeviceQuery))
  const first = list.data?.pages[0]
  const options = useOptions()
  const go = (change: Partial<typeof search>) => void navigate({ to: '/devices', search: { ...search, ...change } })
  const nameOf = (key: Narrowing) => options[key].find(({ value }) => value === search[key])?.text
  const chips = chipsOf(
    [
      ['q', t('lists.labels.q'), search.q],
      ['gatewayId', t('ledger.gateway'), search.gatewayId && t('ledger.behind')],
      ...narrowings.map((key) => [key, t(`ledger.${key}`), nameOf(key)] as const),
    ],
    (key) => go({ [key]: undefined }),
  )
  return (
    <div className="wb-page wb-page-fill">
      <PageHead title={t('ledger.title')} note={first ? t('ledger.count', { total: first.total, online: first.online }) : t('ledger.text')}>
        <Link to="/quarantine" className="dk-button">
          {t('quarantine.title')}
        </Link>
        {me && may(me, 'signals.register') ? (
          <button type="button" className="dk-button dk-button-primary" onClick={() => setRegistering(true)}>
            {t('ledger.register')}
          </button>
        ) : null}
      </PageHead>
      <FindForm q={search.q} label={t('ledger.search')} onFind={(q) => go({ q })}>
        {narrowings.map((key) => (
          <Choice
            key={key}
            isInline
            label={t(`ledger.${key}`)}
            value={search[key]}
            options={options[key]}
            onChoose={(value) => go({ [key]: value })}
          />
        ))}
      </FindForm>
      <ListSheet
        name="signals.devices"
        caption={t('ledger.title')}
        columns={useColumns()}
        list={list}
        rowId={(row) => row.deviceId}
        rowName={(row) => row.code}
        selected={device}
        onOpen={(id) => go({ device: id })}
        chips={chips}
        onClear={() => void navigate({ to: '/devices', search: {} })}
        emptyTitle={t('ledger.none')}
        emptyText={t('ledger.noneText')}
        total={first && { total: first.total, isMore: false }}
        asked={{ query: asked, address: asked, onChoose: (address) => void navigate({ to: '/devices', search: address }) }}
      />
      {device ? <DeviceDialog deviceId={device} onClose={() => go({ device: undefined })} /> : null}
      {isRegistering && me ? <RegisterDialog me={me} onClose={() => setRegistering(false)} /> : null}
    </div>
  )
}

const narrowings = ['kind', 'presence', 'state', 'firmware'] as const
type Narrowing = (typeof narrowings)[number]

/** What the ledger can be narrowed to, in words. */
function useOptions() {
  const { t } = useTranslation()
  const thingName = useThingName()
  const { data: versions } = useQuery(firmwareQuery)
  return {
    kind: things.map(({ key }) => ({ value: key, text: thingName(key) })),
    presence: presences.map((value) => ({ value, text: t(`ledger.presences.${value}`) })),
    state: states.map((value) => ({ value, text: t(`ledger.states.${value}`) })),
    firmware: (versions?.items ?? []).flatMap(({ kind, firmware, devices }) =>
      firmware === null ? [] : [{ value: firmware, text: t('ledger.version', { thing: thingName(kind), firmware, count: devices }) }],
    ),
  }
}

function useColumns(): ListColumn<DeviceRow>[] {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const thingName = useThingName()
  const plain = (key: string, width: string | undefined, say: (row: DeviceRow) => string): ListColumn<DeviceRow> => ({
    key,
    head: t(`ledger.${key}`),
    ...(width && { width }),
    cell: say,
    text: say,
  })
  const presence = (row: DeviceRow) => t(row.state === 'active' ? `ledger.presences.${row.presence}` : `ledger.states.${row.state}`)
  const seen = (row: DeviceRow) => (row.lastSeenAt ? time.moment(row.lastSeenAt, now) : '—')
  return [
    {
      key: 'code',
      head: t('ledger.code'),
      width: '10rem',
      isFixed: true,
      cell: (row) => <span className="wb-cell-main">{row.code}</span>,
      text: (row) => row.code,
    },
    plain('kind', '9rem', (row) => thingName(row.kind)),
    plain('place', undefined, (row) => row.place),
    plain('area', '13rem', (row) => [row.communityName, row.cellName].filter(Boolean).join(' ')),
    {
      key: 'presence',
      head: t('ledger.presence'),
      width: '8rem',
      cell: (row) => (
        <span className="wb-presence" data-presence={row.state === 'active' ? row.presence : row.state}>
          {presence(row)}
        </span>
      ),
      text: presence,
    },
    { ...plain('battery', '6rem', (row) => (row.battery === null ? '—' : `${Math.round(row.battery)}%`)), align: 'end' },
    plain('firmware', '7rem', (row) => row.firmware ?? '—'),
    { ...plain('seen', '10rem', seen), cell: (row) => (row.lastSeenAt ? <time dateTime={row.lastSeenAt}>{seen(row)}</time> : '—') },
  ]
}
