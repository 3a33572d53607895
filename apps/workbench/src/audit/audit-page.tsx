import './words.ts'
import { call } from '@linli/ui/client'
import { isoToLocal, localToIso, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AuditQuery, type AuditRow, auditQuery, meQuery } from '../api/queries.ts'
import { chipsOf } from '../lists/filter-chips.tsx'
import type { ListColumn } from '../lists/list-column.ts'
import { ListSheet } from '../lists/list-sheet.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useProblemText, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { auditSearch } from './audit-search.ts'

/** The trail: who did or read what, when and why; the whole of it for the audit administrator, refusals only for the security administrator. */
export function AuditPage() {
  const { data: me } = useQuery(meQuery)
  return me ? <Audit isWhole={may(me, 'audit.read')} /> : <Waiting />
}

const refusalKeys = ['account', 'from', 'to'] as const
const filterKeys = ['action', 'subject', ...refusalKeys] as const

function Audit({ isWhole }: { isWhole: boolean }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const search = useSearch({ from: '/shell/audit' })
  const navigate = useNavigate()
  const { account, from, to } = search
  const asked: AuditQuery = isWhole ? search : { account, from, to }
  const list = useInfiniteQuery(auditQuery(asked, isWhole))
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const [open, setOpen] = useState<AuditRow>()
  const columns = useColumns()
  const said = { ...search, from: search.from && time.moment(search.from, now), to: search.to && time.moment(search.to, now) }
  const chips = chipsOf(
    (isWhole ? filterKeys : refusalKeys).map((key) => [key, t(`audit.filter.${key}`), said[key]] as const),
    (key) => void navigate({ to: '/audit', search: { ...search, [key]: undefined } }),
  )
  return (
    <div className="wb-page wb-page-fill">
      <PageHead title={t(isWhole ? 'audit.title' : 'audit.refused')} note={t(isWhole ? 'audit.text' : 'audit.refusedText')}>
        {isWhole ? <Verify /> : null}
      </PageHead>
      <form
        key={JSON.stringify(search)}
        className="wb-filter wb-filter-wide"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          void navigate({ to: '/audit', search: auditSearch(new FormData(event.currentTarget), localToIso) })
        }}
      >
        {isWhole ? (
          <>
            <Filter name="action" value={search.action} hint="cases.reveal" />
            <Filter name="subject" value={search.subject} />
          </>
        ) : null}
        <Filter name="account" value={search.account} />
        <Filter name="from" type="datetime-local" value={search.from ? isoToLocal(search.from) : undefined} />
        <Filter name="to" type="datetime-local" value={search.to ? isoToLocal(search.to) : undefined} />
        <button type="submit" className="dk-button dk-button-primary">
          {t('list.find')}
        </button>
      </form>
      <ListSheet
        name={isWhole ? 'audit.trail' : 'audit.refused'}
        caption={t('audit.title')}
        columns={columns}
        list={list}
        rowId={(row) => String(row.auditId)}
        rowName={(row) => String(row.auditId)}
        selected={open ? String(open.auditId) : undefined}
        onOpen={(id) => setOpen(rows.find((row) => String(row.auditId) === id))}
        chips={chips}
        onClear={() => void navigate({ to: '/audit', search: {} })}
        emptyTitle={t('audit.none')}
        asked={{ query: asked, address: asked, onChoose: (address) => void navigate({ to: '/audit', search: address }) }}
      />
      {open ? <RowDrawer row={open} onClose={() => setOpen(undefined)} /> : null}
    </div>
  )
}

function Filter({ name, value, type = 'text', hint }: { name: string; value: string | undefined; type?: string; hint?: string }) {
  const { t } = useTranslation()
  return (
    <label className="wb-filter-field">
      <span>{t(`audit.filter.${name}`)}</span>
      <input name={name} type={type} className="dk-input" defaultValue={value ?? ''} placeholder={hint} maxLength={80} />
    </label>
  )
}

function useActionText(): (action: string) => string {
  const { t, i18n } = useTranslation()
  return (action) => {
    const key = `audit.action.${action.replace('.', '_')}`
    return i18n.exists(key) ? t(key) : action
  }
}

function useColumns(): ListColumn<AuditRow>[] {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const action = useActionText()
  const kind = useKindText()
  const at = (row: AuditRow) => time.moment(row.at, now)
  const purpose = (row: AuditRow) => row.purpose ?? ''
  const sealed = (row: AuditRow) => t(row.sealed ? 'audit.isSealed' : 'audit.notYet')
  return [
    { key: 'at', head: t('audit.at'), width: '10rem', isFixed: true, cell: (row) => <time dateTime={row.at}>{at(row)}</time>, text: at },
    {
      key: 'action',
      head: t('audit.did'),
      width: '13rem',
      isFixed: true,
      cell: (row) => (
        <>
          {action(row.action)} {action(row.action) === row.action ? null : <span className="dk-meta wb-block">{row.action}</span>}
        </>
      ),
      text: (row) => action(row.action),
    },
    {
      key: 'who',
      head: t('audit.who'),
      width: '13rem',
      cell: (row) => (
        <>
          {row.accountName ?? t('audit.nobody')} <span className="dk-meta wb-block">{row.orgName ?? ''}</span>
        </>
      ),
      text: (row) => [row.accountName ?? t('audit.nobody'), row.orgName].filter(Boolean).join(' '),
    },
    {
      key: 'subject',
      head: t('audit.subject'),
      cell: (row) => <Subject row={row} />,
      text: (row) => (row.subjectKind ? `${kind(row.subjectKind)} ${row.subjectId ?? ''}` : ''),
    },
    { key: 'purpose', head: t('audit.purpose'), width: '14rem', cell: purpose, text: purpose },
    { key: 'sealed', head: t('audit.sealed'), width: '6rem', cell: sealed, text: sealed },
  ]
}

/** Recomputes the chain and says up to when it is whole; the newest seconds are always still open. */
function Verify() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const words = useProblemText()
  const verify = useMutation({ mutationFn: () => call('GET /audit/verify', {}) })
  const found = verify.data
  return (
    <div className="wb-verify">
      <button
        type="button"
        className="dk-button"
        disabled={verify.isPending}
        aria-busy={verify.isPending || undefined}
        onClick={() => verify.mutate()}
      >
        {t(verify.isPending ? 'audit.verifying' : 'audit.verify')}
      </button>
      <p role="status" className={found && !found.ok ? 'dk-error' : 'dk-note'}>
        {found?.ok && found.sealedTo ? t('audit.whole', { to: time.moment(found.sealedTo, now), rows: found.rows }) : ''}
        {found?.ok && !found.sealedTo ? t('audit.empty') : ''}
        {found && !found.ok ? t('audit.broken', { row: found.firstBad ?? '?' }) : ''}
        {verify.error ? words(verify.error) : ''}
      </p>
    </div>
  )
}

/** What it was done to, in a word, and its id to search by. */
function useKindText(): (kind: string) => string {
  const { t, i18n } = useTranslation()
  return (kind) => (i18n.exists(`audit.kind.${kind}`) ? t(`audit.kind.${kind}`) : kind)
}

function Subject({ row }: { row: AuditRow }) {
  const kind = useKindText()
  if (!row.subjectKind) return null
  return (
    <>
      {kind(row.subjectKind)} <span className="dk-meta wb-block">{row.subjectId ?? ''}</span>
    </>
  )
}

function RowDrawer({ row, onClose }: { row: AuditRow; onClose(): void }) {
  const { t } = useTranslation()
  const action = useActionText()
  const kind = useKindText()
  const shown: [string, string][] = [
    ['audit.at', isoToLocal(row.at).replace('T', ' ') + row.at.slice(16, 19)],
    ['audit.who', [row.accountName, row.orgName].filter(Boolean).join(' · ') || t('audit.nobody')],
    ['audit.subject', row.subjectKind ? `${kind(row.subjectKind)} ${row.subjectId ?? ''}` : ''],
    ['audit.purpose', row.purpose ?? ''],
    ['audit.trace', row.traceId],
    ['audit.sealed', t(row.sealed ? 'audit.isSealed' : 'audit.notYet')],
  ]
  return (
    <Drawer open onClose={onClose} size="min(34rem, 100vw)" className="wb-drawer" title={action(row.action)}>
      <dl className="wb-facts wb-drawer-body">
        {shown.map(([label, value]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd>{value || '—'}</dd>
          </div>
        ))}
        <div>
          <dt>{t('audit.detail')}</dt>
          <dd>
            <pre className="wb-pre">{JSON.stringify(row.detail, null, 2)}</pre>
          </dd>
        </div>
      </dl>
    </Drawer>
  )
}
