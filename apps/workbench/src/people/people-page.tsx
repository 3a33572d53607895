import { call } from '@linli/ui/client'
import { Sep, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Drawer, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AccountRow, accountsQuery, area, type Me, meQuery } from '../api/queries.ts'
import { chipsOf } from '../lists/filter-chips.tsx'
import { FindForm } from '../lists/find-form.tsx'
import type { ListColumn } from '../lists/list-column.ts'
import { ListSheet } from '../lists/list-sheet.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useProblemText, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { useRoleName } from '../session/role-name.ts'
import { AccountDialog } from './account-dialog.tsx'
import { PostDialog } from './post-dialog.tsx'
import { StateForm } from './state-form.tsx'

export function PeoplePage() {
  const { data: me } = useQuery(meQuery)
  return me ? <People me={me} /> : <Waiting />
}

/** Accounts and posts. Who may look, who may appoint and who may lock are three different administrators. */
function People({ me }: { me: Me }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const search = useSearch({ from: '/shell/people' })
  const navigate = useNavigate()
  const [isCreating, setIsCreating] = useState(false)
  const list = useInfiniteQuery(accountsQuery(search.q ?? ''))
  const open = list.data?.pages.flatMap((page) => page.items).find((row) => row.accountId === search.account)
  const roleName = useRoleName()
  const go = (change: Partial<typeof search>) => void navigate({ to: '/people', search: { ...search, ...change } })
  const stateText = useAccountState()
  const lastText = (row: AccountRow) => (row.lastSignInAt ? time.moment(row.lastSignInAt, now) : t('people.never'))
  const columns: ListColumn<AccountRow>[] = [
    {
      key: 'name',
      head: t('people.name'),
      width: '10rem',
      isFixed: true,
      cell: (row) => <span className="wb-cell-main">{row.name}</span>,
      text: (row) => row.name,
    },
    { key: 'account', head: t('people.account'), width: '11rem', cell: (row) => row.account, text: (row) => row.account },
    {
      key: 'posts',
      head: t('people.posts'),
      cell: (row) =>
        row.posts.length > 0
          ? row.posts.map((post) => (
              <span key={post.postId} className="wb-block">
                {roleName(post)}
                <Sep />
                {post.orgName}
                <Sep />
                {post.areaName}
              </span>
            ))
          : t('people.noPost'),
      text: (row) => row.posts.map((post) => [roleName(post), post.orgName, post.areaName].join(' ')).join('; ') || t('people.noPost'),
    },
    { key: 'state', head: t('people.state'), width: '9rem', cell: stateText, text: stateText },
    {
      key: 'last',
      head: t('people.last'),
      width: '10rem',
      cell: lastText,
      text: lastText,
    },
  ]
  return (
    <div className="wb-page wb-page-fill">
      <PageHead title={t('people.title')} note={t('people.text')}>
        {may(me, 'access.administer') ? (
          <button type="button" className="dk-button dk-button-primary" onClick={() => setIsCreating(true)}>
            {t('people.create')}
          </button>
        ) : null}
      </PageHead>
      <FindForm q={search.q} label={t('people.find')} onFind={(q) => go({ q, account: undefined })} />
      <ListSheet
        name="access.accounts"
        caption={t('people.title')}
        columns={columns}
        list={list}
        rowId={(row) => row.accountId}
        rowName={(row) => row.name}
        selected={search.account}
        onOpen={(id) => go({ account: id })}
        chips={chipsOf([['q', t('lists.labels.q'), search.q]], () => go({ q: undefined }))}
        onClear={() => go({ q: undefined })}
        emptyTitle={t('people.none')}
        asked={{
          query: { q: search.q },
          address: { q: search.q },
          onChoose: (address) => void navigate({ to: '/people', search: address }),
        }}
      />
      {open ? <AccountDrawer me={me} row={open} onClose={() => go({ account: undefined })} /> : null}
      {isCreating ? (
        <AccountDialog onClose={() => setIsCreating(false)} onMade={(made) => go({ q: made.account, account: made.accountId })} />
      ) : null}
    </div>
  )
}

/** In words; an account that works normally says so. */
function useAccountState(): (row: AccountRow) => string {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  return (row) => {
    if (row.disabledAt) return t('people.states.disabled')
    if (row.lockedUntil && Date.parse(row.lockedUntil) > now) return t('people.states.locked', { until: time.moment(row.lockedUntil, now) })
    return t('people.states.enabled')
  }
}

function AccountDrawer({ me, row, onClose }: { me: Me; row: AccountRow; onClose(): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [isGranting, setIsGranting] = useState(false)
  const end = useMutation({
    mutationFn: (postId: string) => call('DELETE /posts/:postId', { params: { postId } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [area.accounts] }),
  })
  const isOwn = row.accountId === me.accountId
  const administers = may(me, 'access.administer') && !isOwn
  const stateText = useAccountState()
  const roleName = useRoleName()
  return (
    <Drawer open onClose={onClose} size="min(36rem, 100vw)" className="wb-drawer" title={`${row.name} · ${row.account}`}>
      <div className="wb-drawer-body">
        <p>{stateText(row)}</p>
        {isOwn ? <p className="wb-info">{t('people.own')}</p> : null}
        <section>
          <h2 className="dk-h3">{t('people.posts')}</h2>
          {row.posts.length === 0 ? <p className="dk-note">{t('people.noPost')}</p> : null}
          <ul className="wb-plain">
            {row.posts.map((post) => (
              <li key={post.postId} className="wb-post">
                <span>
                  <b>{roleName(post)}</b>
                  <span className="dk-meta wb-block">
                    {post.orgName}
                    <Sep />
                    {post.areaName}
                  </span>
                </span>
                {administers ? (
                  <Popconfirm
                    title={t('people.endSure')}
                    description={t('people.endText')}
                    okText={t('people.end')}
                    cancelText={t('desk.cancel')}
                    onConfirm={() => end.mutate(post.postId)}
                  >
                    <button type="button" className="dk-button dk-button-small" disabled={end.isPending}>
                      {t('people.end')}
                    </button>
                  </Popconfirm>
                ) : null}
              </li>
            ))}
          </ul>
          {end.error ? (
            <p className="dk-error" role="alert">
              {words(end.error)}
            </p>
          ) : null}
          {administers ? (
            <button type="button" className="dk-button" onClick={() => setIsGranting(true)}>
              {t('people.grant')}
            </button>
          ) : null}
        </section>
        {may(me, 'access.secure') && !isOwn ? <StateForm row={row} /> : null}
      </div>
      {isGranting ? <PostDialog row={row} onClose={() => setIsGranting(false)} /> : null}
    </Drawer>
  )
}
