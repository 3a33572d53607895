import { type AnswerOf, ApiError, call, type InputOf } from '@linli/ui/client'
import { type Column, DataTable, newId } from '@linli/ui/desk'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { type Me, meQuery } from '../api/queries.ts'
import { addWords } from '../locales/add-words.ts'
import { deputiesZh } from '../locales/deputies-zh.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing, Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { useRoleName } from '../session/role-name.ts'

addWords(deputiesZh)

type Deputy = AnswerOf<'GET /deputies'>['items'][number]
type NewDeputy = Omit<InputOf<'POST /posts/:postId/deputies'>['body'], 'requestId'>

const deputiesQuery = queryOptions({ queryKey: ['deputies'], queryFn: ({ signal }) => call('GET /deputies', {}, signal) })

export function DeputiesPage() {
  const { data: me } = useQuery(meQuery)
  return me ? <Deputies me={me} /> : <Waiting />
}

/** Who stands in for whom, and the way to set and to end it. */
function Deputies({ me }: { me: Me }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const roleName = useRoleName()
  const queryClient = useQueryClient()
  const list = useQuery(deputiesQuery)
  const [said, setSaid] = useState('')
  const own = me.posts.filter((post) => !post.deputyFor && post.reach !== 'none')
  const reload = async (text: string) => {
    await queryClient.invalidateQueries({ queryKey: deputiesQuery.queryKey })
    setSaid(text)
  }
  const end = useMutation({
    mutationFn: (deputyId: string) => call('DELETE /deputies/:deputyId', { params: { deputyId } }),
    onSuccess: () => reload(t('deputies.ended')),
  })
  const columns: Column<Deputy>[] = [
    { key: 'holder', head: t('deputies.holder'), cell: (row) => `${row.holderName}（${row.areaName} ${roleName(row)}）` },
    { key: 'deputy', head: t('deputies.deputy'), width: '9rem', cell: (row) => <span className="wb-cell-main">{row.deputyName}</span> },
    { key: 'period', head: t('deputies.period'), width: '14rem', cell: (row) => `${row.from} – ${row.until}` },
    { key: 'reason', head: t('deputies.reason'), width: '7rem', cell: (row) => t(`deputies.reasons.${row.reason}`) },
    { key: 'state', head: t('deputies.state'), width: '8rem', cell: (row) => t(`deputies.states.${row.state}`) },
    {
      key: 'act',
      head: '',
      width: '8rem',
      align: 'end',
      cell: (row) =>
        row.mayEnd ? (
          <button
            type="button"
            className="dk-button dk-button-small"
            aria-label={t('deputies.endOf', { name: row.deputyName })}
            disabled={end.isPending}
            onClick={() => end.mutate(row.deputyId)}
          >
            {t('deputies.end')}
          </button>
        ) : null,
    },
  ]
  return (
    <div className="wb-page">
      <PageHead title={t('deputies.title')} note={t('deputies.text')} />
      <p role="status">{said}</p>
      {end.error ? (
        <p className="dk-error" role="alert">
          {words(end.error)}
        </p>
      ) : null}
      {own.length > 0 ? <SetDeputy posts={own} onDone={() => void reload(t('deputies.done'))} /> : null}
      {list.isPending ? <Waiting rows={3} /> : null}
      {list.error && !list.data ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
      {list.data ? (
        <div className="wb-table-panel">
          <DataTable
            caption={t('deputies.title')}
            columns={columns}
            rows={list.data.items}
            rowId={(row) => row.deputyId}
            empty={<Nothing title={t('deputies.none')} />}
          />
        </div>
      ) : null}
    </div>
  )
}

const reasons = ['leave', 'away', 'training', 'sick', 'other'] as const

function SetDeputy({ posts, onDone }: { posts: Me['posts']; onDone(): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const roleName = useRoleName()
  const id = useId()
  const [postId, setPostId] = useState(posts[0]!.postId)
  const [draft, setDraft] = useState<NewDeputy>({ accountId: '', from: '', until: '', reason: 'leave' })
  const intent = useRef<Intent>(undefined)
  const standIns = useQuery({
    queryKey: ['stand-ins', postId],
    queryFn: ({ signal }) => call('GET /posts/:postId/stand-ins', { params: { postId } }, signal),
  })
  const set = useMutation({
    mutationFn: (body: NewDeputy) => {
      intent.current = nextIntent(intent.current, { postId, ...body }, newId)
      return call('POST /posts/:postId/deputies', { params: { postId }, body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: () => {
      setDraft({ accountId: '', from: '', until: '', reason: 'leave' })
      onDone()
    },
  })
  const refused = useFieldProblems()(set.error, ['accountId', 'from', 'until'])
  const change = (part: Partial<NewDeputy>) => setDraft((before) => ({ ...before, ...part }))
  const isReady = draft.accountId !== '' && draft.from !== '' && draft.until !== ''
  const note = (key: string) => (refused[key] ? <p className="dk-error">{refused[key]}</p> : null)
  return (
    <form
      className="wb-panel wb-deputy-form"
      aria-label={t('deputies.own')}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !set.isPending) set.mutate(draft)
      }}
    >
      <h2>{t('deputies.own')}</h2>
      <div className="wb-deputy-fields">
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-post`}>
            {t('deputies.post')}
          </label>
          <select id={`${id}-post`} className="dk-input" value={postId} onChange={(event) => setPostId(event.currentTarget.value)}>
            {posts.map((post) => (
              <option key={post.postId} value={post.postId}>
                {post.areaName} {roleName(post)}
              </option>
            ))}
          </select>
        </div>
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-who`}>
            {t('deputies.who')}
          </label>
          <select
            id={`${id}-who`}
            className="dk-input"
            value={draft.accountId}
            onChange={(event) => change({ accountId: event.currentTarget.value })}
          >
            <option value="">{t(standIns.data?.items.length === 0 ? 'deputies.nobody' : 'deputies.choose')}</option>
            {standIns.data?.items.map(({ accountId, name, roleName: role }) => (
              <option key={accountId} value={accountId}>
                {name}（{role}）
              </option>
            ))}
          </select>
          {note('accountId')}
        </div>
        {(['from', 'until'] as const).map((key) => (
          <div key={key} className="dk-field">
            <label className="dk-label" htmlFor={`${id}-${key}`}>
              {t(`deputies.${key}`)}
            </label>
            <input
              id={`${id}-${key}`}
              type="date"
              className="dk-input"
              value={draft[key]}
              aria-invalid={refused[key] !== undefined || undefined}
              onChange={(event) => change({ [key]: event.currentTarget.value })}
            />
            {note(key)}
          </div>
        ))}
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-reason`}>
            {t('deputies.reason')}
          </label>
          <select
            id={`${id}-reason`}
            className="dk-input"
            value={draft.reason}
            onChange={(event) => change({ reason: event.currentTarget.value as NewDeputy['reason'] })}
          >
            {reasons.map((reason) => (
              <option key={reason} value={reason}>
                {t(`deputies.reasons.${reason}`)}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="dk-button dk-button-primary" disabled={!isReady || set.isPending}>
          {t('deputies.set')}
        </button>
      </div>
      {set.error && (Object.keys(refused).length === 0 || !(set.error instanceof ApiError)) ? (
        <p className="dk-error" role="alert">
          {words(set.error)}
        </p>
      ) : null}
    </form>
  )
}
