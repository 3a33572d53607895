import { call } from '@linli/ui/client'
import { useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { area, inboxQuery, type Message, unreadQuery } from '../api/queries.ts'
import { CardList, rowsOf } from '../lists/card-list.tsx'
import { ListBar } from '../lists/list-bar.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing, useProblemText } from '../parts/states.tsx'

const ReachDialog = lazy(async () => ({ default: (await import('./reach-dialog.tsx')).ReachDialog }))

/** What came for this post. Opening the case marks the message read. */
export function MessagesPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const time = useTimeWords()
  const now = useNow()
  const words = useProblemText()
  const [reaching, setReaching] = useState(false)
  const { unread } = useSearch({ from: '/shell/messages' })
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const inbox = useInfiniteQuery(inboxQuery({ lang: language === 'en' ? 'en' : 'zh', ...(unread ? { unread: 'true' as const } : {}) }))
  const read = useMutation({
    mutationFn: (messageIds: string[]) => call('POST /inbox/read', { body: { messageIds } }),
    onSuccess: (answer) => {
      queryClient.setQueryData(unreadQuery.queryKey, answer.unread)
      void queryClient.invalidateQueries({ queryKey: [area.inbox] })
    },
  })
  const messages = rowsOf(inbox)
  const columns = [
    { head: t('messages.title'), text: (message: Message) => message.text },
    { head: t('messages.at'), text: (message: Message) => time.moment(message.madeAt, now) },
  ]
  const fresh = messages.filter((message) => message.readAt === null)
  const open = (caseId: string, messageId: string, isRead: boolean) => {
    if (!isRead) read.mutate([messageId])
    void navigate({ to: '/cases/$caseId', params: { caseId } })
  }
  return (
    <div className="wb-page wb-page-narrow">
      <PageHead title={t('messages.title')} note={t('messages.text')}>
        <nav className="wb-tabs" aria-label={t('messages.which')}>
          <Link to="/messages" search={{}} aria-current={unread ? undefined : 'page'}>
            {t('messages.all')}
          </Link>
          <Link to="/messages" search={{ unread: 'true' }} aria-current={unread ? 'page' : undefined}>
            {t('messages.unread')} <span className="wb-tab-count">{inbox.data?.pages[0]?.unread ?? ''}</span>
          </Link>
        </nav>
        <button
          type="button"
          className="dk-button dk-button-small"
          disabled={fresh.length === 0 || read.isPending}
          onClick={() => read.mutate(fresh.map((message) => message.messageId).slice(0, 200))}
        >
          {t('messages.readAll')}
        </button>
        <button type="button" className="dk-button dk-button-small" onClick={() => setReaching(true)}>
          {t('messages.reach')}
        </button>
      </PageHead>
      {reaching ? (
        <Suspense fallback={null}>
          <ReachDialog onClose={() => setReaching(false)} />
        </Suspense>
      ) : null}
      {read.error ? (
        <p className="dk-error" role="alert">
          {words(read.error)}
        </p>
      ) : null}
      <ListBar name="messages.inbox" columns={columns} rows={messages} />
      <CardList list={inbox} empty={<Nothing title={t(unread ? 'messages.noneUnread' : 'messages.none')} />}>
        {(shown) => (
          <ul className="wb-messages">
            {shown.map((message) => (
              <li key={message.messageId} data-unread={message.readAt === null || undefined}>
                <span className="wb-message-text">
                  {message.readAt === null ? <span className="wb-tag">{t('messages.new')}</span> : null} {message.text}
                </span>
                <span className="dk-meta">
                  <time dateTime={message.madeAt}>{time.moment(message.madeAt, now)}</time>
                </span>
                <span className="wb-inline">
                  {message.caseId ? (
                    <button
                      type="button"
                      className="dk-button dk-button-small"
                      onClick={() => open(message.caseId as string, message.messageId, message.readAt !== null)}
                    >
                      {t('messages.open')}
                    </button>
                  ) : null}
                  {message.record?.kind === 'handover' ? (
                    <Link
                      to="/handovers/$handoverId"
                      params={{ handoverId: message.record.id }}
                      className="dk-button dk-button-small"
                      onClick={() => message.readAt === null && read.mutate([message.messageId])}
                    >
                      {t('messages.openHandover')}
                    </Link>
                  ) : null}
                  {message.accountId && message.template.startsWith('security.') ? (
                    <Link to="/audit" search={{ account: message.accountId }} className="dk-button dk-button-small">
                      {t('messages.audit')}
                    </Link>
                  ) : null}
                  {message.readAt === null ? (
                    <button
                      type="button"
                      className="dk-button dk-button-small"
                      disabled={read.isPending}
                      onClick={() => read.mutate([message.messageId])}
                    >
                      {t('messages.read')}
                    </button>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        )}
      </CardList>
    </div>
  )
}
