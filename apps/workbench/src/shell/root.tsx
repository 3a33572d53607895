import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

const titles: Record<string, string> = {
  'sign-in': 'signIn.title',
  queue: 'queue.title',
  list: 'list.title',
  cases: 'list.case',
  intake: 'intake.title',
  messages: 'messages.title',
  people: 'people.title',
  roles: 'roles.title',
  scenes: 'scenes.title',
  audit: 'audit.title',
}

/** Every page, with the browser's tab named after it: several tabs of one desk must be told apart. */
export function Root() {
  const { t } = useTranslation()
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname })
  const key = titles[path.split('/').find((part) => part in titles) ?? '']
  useEffect(() => {
    document.title = [key && t(key), t('signIn.brand')].filter(Boolean).join(' · ')
  }, [key, t])
  return <Outlet />
}
