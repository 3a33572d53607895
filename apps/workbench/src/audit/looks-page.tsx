import './words.ts'
import '../persons/words.ts'
import '../styles/looks.css'
import { type AnswerOf, call, type InputOf } from '@linli/ui/client'
import { useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chipsOf } from '../lists/filter-chips.tsx'
import type { ListColumn } from '../lists/list-column.ts'
import { ListSheet } from '../lists/list-sheet.tsx'
import { PageHead } from '../parts/page-head.tsx'

type Look = AnswerOf<'GET /looks'>['items'][number]
type LookQuery = Omit<InputOf<'GET /looks'>['query'], 'cursor'>

const looksQuery = (query: LookQuery) =>
  infiniteQueryOptions({
    queryKey: ['looks', query],
    queryFn: ({ pageParam, signal }) => call('GET /looks', { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })
const figuresQuery = (query: Pick<LookQuery, 'account' | 'person'>) =>
  queryOptions({
    queryKey: ['looks', 'figures', query],
    queryFn: ({ signal }) => call('GET /looks/figures', { query }, signal),
  })

const kinds = ['profile', 'reveal'] as const
const filterKeys = ['account', 'person', 'day', 'kind'] as const

/** Who looked at person files (查看记录), for the administrators: day by day, and each look with its post and purpose. */
export function LooksPage() {
  const { t } = useTranslation()
  const { account, person, day, kind: said } = useSearch({ from: '/shell/looks' })
  const navigate = useNavigate()
  const kind = kinds.find((one) => one === said)
  const asked: LookQuery = { ...(account && { account }), ...(person && { person }), ...(day && { day }), ...(kind && { kind }) }
  const list = useInfiniteQuery(looksQuery(asked))
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  const [open, setOpen] = useState<Look>()
  const shown = { account, day, kind: kind && t(`looks.kinds.${kind}`), person: person && (rows[0]?.name ?? person) }
  const chips = chipsOf(
    filterKeys.map((key) => [key, t(`looks.filter.${key}`), shown[key]] as const),
    (key) => void navigate({ to: '/looks', search: { ...asked, [key]: undefined } }),
  )
  return (
    <div className="wb-page wb-page-fill">
      <PageHead title={t('looks.title')} note={t('looks.text')} />
      <form
        key={JSON.stringify(asked)}
        className="wb-filter wb-filter-wide"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          void navigate({ to: '/looks', search: { person, ...wantedOf(new FormData(event.currentTarget)) } })
        }}
      >
        <label className="wb-filter-field">
          <span>{t('looks.filter.account')}</span>
          <input name="account" className="dk-input" defaultValue={account ?? ''} maxLength={64} />
        </label>
        <label className="wb-filter-field">
          <span>{t('looks.filter.day')}</span>
          <input name="day" type="date" className="dk-input" defaultValue={day ?? ''} />
        </label>
        <label className="wb-filter-field">
          <span>{t('looks.filter.kind')}</span>
          <select name="kind" className="dk-input" defaultValue={kind ?? ''}>
            <option value="">{t('looks.anyKind')}</option>
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`looks.kinds.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="dk-button dk-button-primary">
          {t('list.find')}
        </button>
      </form>
      <Figures asked={asked} />
      <ListSheet
        name="registry.looks"
        caption={t('looks.title')}
        columns={useColumns()}
        list={list}
        rowId={({ viewId }) => viewId}
        rowName={({ accountName, name }) => `${accountName} ${name}`}
        selected={open?.viewId}
        onOpen={(id) => setOpen(rows.find(({ viewId }) => viewId === id))}
        chips={chips}
        onClear={() => void navigate({ to: '/looks', search: {} })}
        emptyTitle={t('looks.none')}
        asked={{ query: asked, address: { ...asked }, onChoose: (address) => void navigate({ to: '/looks', search: address }) }}
      />
      {open ? <LookDrawer look={open} onClose={() => setOpen(undefined)} /> : null}
    </div>
  )
}

/** The filter form as search parameters: empty ones away. */
function wantedOf(form: FormData): Record<string, string> {
  const said = [...form].map(([name, value]) => [name, typeof value === 'string' ? value.trim() : ''] as const)
  return Object.fromEntries(said.filter(([, value]) => value !== ''))
}

/** Fourteen days, each figure open to its looks; nobody is ranked. */
function Figures({ asked: { account, person, ...rest } }: { asked: LookQuery }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const about = { ...(account && { account }), ...(person && { person }) }
  const { data } = useQuery(figuresQuery(about))
  if (!data) return null
  return (
    <ol className="wb-look-days" aria-label={t('looks.days')}>
      {data.days.map(({ day, ...counts }) => (
        <li key={day}>
          <span className="dk-meta">{time.day(`${day}T12:00:00+08:00`, now)}</span>
          {kinds.map((kind) => (
            <Link
              key={kind}
              to="/looks"
              search={{ ...about, day, kind }}
              className="dk-link"
              aria-current={rest.day === day && rest.kind === kind ? 'true' : undefined}
            >
              {t(`looks.count.${kind}`, { count: counts[kind] })}
            </Link>
          ))}
        </li>
      ))}
    </ol>
  )
}

function useFieldsText(): (look: Look) => string {
  const { t } = useTranslation()
  return ({ kind, fields }) =>
    kind === 'profile' ? t('looks.kinds.profile') : fields.map((field) => t(`persons.field.${field}`)).join(t('persons.and'))
}

function usePostText(): (look: Look) => string {
  const isEnglish = useLanguage() === 'en'
  return ({ roleName, roleNameEn, orgName }) => [isEnglish ? roleNameEn : roleName, orgName].filter(Boolean).join(' · ')
}

function useColumns(): ListColumn<Look>[] {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const what = useFieldsText()
  const post = usePostText()
  const at = (look: Look) => time.moment(look.at, now)
  const reason = (look: Look) => look.reason ?? ''
  const whose = ({ name, community }: Look) => [name, community].filter(Boolean).join(' · ')
  return [
    { key: 'at', head: t('looks.at'), width: '10rem', isFixed: true, cell: (look) => <time dateTime={look.at}>{at(look)}</time>, text: at },
    {
      key: 'who',
      head: t('looks.who'),
      width: '15rem',
      isFixed: true,
      cell: (look) => (
        <>
          {look.accountName} <span className="dk-meta wb-block">{post(look)}</span>
        </>
      ),
      text: (look) => `${look.accountName} ${post(look)}`,
    },
    { key: 'what', head: t('looks.what'), width: '12rem', cell: what, text: what },
    { key: 'purpose', head: t('looks.purpose'), cell: reason, text: reason },
    { key: 'whose', head: t('looks.whose'), width: '14rem', cell: whose, text: whose },
  ]
}

/** One look, and the way to everything of this account or about this person. */
function LookDrawer({ look, onClose }: { look: Look; onClose(): void }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const what = useFieldsText()
  const post = usePostText()
  const facts: [string, string][] = [
    ['at', time.moment(look.at, now)],
    ['who', [look.accountName, post(look)].filter(Boolean).join(' · ')],
    ['what', what(look)],
    ['purpose', look.reason ?? '—'],
    ['whose', [look.name, look.community].filter(Boolean).join(' · ')],
  ]
  return (
    <Drawer open onClose={onClose} size="min(30rem, 100vw)" className="wb-drawer" title={t(`looks.kinds.${look.kind}`)}>
      <dl className="wb-facts wb-drawer-body">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`looks.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="wb-inline">
        <Link to="/looks" search={{ account: look.accountId }} className="dk-button dk-button-small" onClick={onClose}>
          {t('looks.ofAccount')}
        </Link>
        <Link to="/looks" search={{ person: look.personId }} className="dk-button dk-button-small" onClick={onClose}>
          {t('looks.ofPerson')}
        </Link>
      </p>
    </Drawer>
  )
}
