import { maskName, Sep, useNow } from '@linli/ui/desk'
import { civil, type Language, switchLanguage, useLanguage, useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Bell, House } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Me, type Post, unreadQuery } from '../api/queries.ts'
import { MenuButton, type MenuGroup } from '../parts/menu-button.tsx'
import { useProblemText } from '../parts/states.tsx'
import { type Scale, scales, setScale, useScale } from '../scale.ts'
import { useRoleName } from '../session/role-name.ts'
import { useActAs, useSignOut } from '../session/use-session.ts'
import { CaseSearch } from './case-search.tsx'

/** Seldom opened, and forms weigh much: fetched when asked for. */
const PasswordDialog = lazy(async () => ({ default: (await import('../session/password-dialog.tsx')).PasswordDialog }))

const WallsDialog = lazy(async () => ({ default: (await import('../session/walls-dialog.tsx')).WallsDialog }))

/** The organization, and the area where its name does not say it. */
const placeOf = (post: Post): string => (post.orgName.includes(post.areaName) ? post.orgName : `${post.areaName} · ${post.orgName}`)

export function TopBar({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { data: unread = 0 } = useQuery(unreadQuery)
  const post = me.actingPost
  return (
    <header className="wb-top">
      <Link to="/" className="wb-logo" aria-label={t('shell.home')}>
        <House size={24} aria-hidden="true" />
      </Link>
      <div className="wb-who">
        {post ? (
          <strong>
            {post.orgName.includes(post.areaName) ? null : (
              <>
                {post.areaName}
                <Sep />
              </>
            )}
            {post.orgName}
          </strong>
        ) : null}
        <UserMenu me={me} />
      </div>
      <CaseSearch enabled={me.permissions.includes('cases.read')} />
      <div className="wb-top-end">
        {me.demo ? <span className="wb-demo">{t('shell.demo')}</span> : null}
        <Today />
        <Link to="/messages" className="wb-bell" activeProps={{ 'aria-current': 'page' }}>
          <Bell size={18} aria-hidden="true" />
          <span className="wb-bell-word">{t('shell.messages')}</span> <b>{unread > 0 ? unread : ''}</b>
          {unread > 0 ? <span className="dk-visually-hidden">{t('shell.unread', { count: unread })}</span> : null}
        </Link>
      </div>
    </header>
  )
}

function Today() {
  const now = useNow()
  const time = useTimeWords()
  const language = useLanguage()
  const { t } = useTranslation()
  const at = civil(now)
  const date = language === 'en' ? time.date(now) : t('shell.date', { month: at.month, day: at.day, weekday: '日一二三四五六'[at.weekday] })
  return (
    <time className="wb-today" dateTime={new Date(now).toISOString()}>
      {date} {String(at.hour).padStart(2, '0')}:{String(at.minute).padStart(2, '0')}
    </time>
  )
}

/** Everything about oneself: another post, size, language, password, leaving. */
function UserMenu({ me }: { me: Me }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const scale = useScale()
  const roleName = useRoleName()
  const words = useProblemText()
  const actAs = useActAs()
  const signOut = useSignOut()
  const [asked, setAsked] = useState<'password' | 'walls'>()
  const navigate = useNavigate()
  const groups: MenuGroup[] = [
    ...(me.posts.length > 1
      ? [
          {
            label: t('user.posts'),
            items: me.posts.map((post) => ({
              key: `post:${post.postId}`,
              text: `${roleName(post)} · ${placeOf(post)}${post.deputyFor ? ` · ${t('user.actingFor', { name: post.deputyFor.name })}` : ''}`,
              isChosen: post.postId === me.actingPost?.postId,
            })),
          },
        ]
      : []),
    {
      label: t('user.scale'),
      items: scales.map((one) => ({ key: `scale:${one}`, text: t(`user.scales.${one}`), isChosen: one === scale })),
    },
    {
      label: t('user.language'),
      items: [
        { key: 'lang:zh-CN', text: '中文', isChosen: language === 'zh-CN' },
        { key: 'lang:en', text: 'English', isChosen: language === 'en' },
      ],
    },
    {
      items: [
        { key: 'deputies', text: t('user.deputies') },
        { key: 'password', text: t('user.password') },
        ...(me.permissions.includes('cases.read') ? [{ key: 'walls', text: t('user.walls') }] : []),
        { key: 'leave', text: t('user.signOut') },
      ],
    },
  ]
  const choose = (key: string) => {
    const [kind, value] = key.split(/:(.*)/) as [string, string | undefined]
    if (kind === 'post' && value && value !== me.actingPost?.postId) actAs.mutate(value)
    if (kind === 'scale') setScale(value as Scale)
    if (kind === 'lang') void switchLanguage(value as Language)
    if (kind === 'password' || kind === 'walls') setAsked(kind)
    if (kind === 'deputies') void navigate({ to: '/deputies' })
    if (kind === 'leave') signOut.mutate()
  }
  return (
    <>
      <MenuButton groups={groups} onChoose={choose}>
        {me.actingPost ? `${roleName(me.actingPost)} ` : ''}
        {maskName(me.name)}
        {me.actingPost?.deputyFor ? ` ${t('user.actingFor', { name: maskName(me.actingPost.deputyFor.name) })}` : ''}
      </MenuButton>
      {actAs.error || signOut.error ? (
        <p className="wb-user-problem" role="alert">
          {words(actAs.error ?? signOut.error)}
        </p>
      ) : null}
      {asked ? (
        <Suspense>
          {asked === 'walls' ? <WallsDialog onClose={() => setAsked(undefined)} /> : <PasswordDialog onClose={() => setAsked(undefined)} />}
        </Suspense>
      ) : null}
    </>
  )
}
