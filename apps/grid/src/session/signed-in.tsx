import { watchTouches } from '@linli/ui/client'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { createContext, useContext, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { AlarmWatch } from '../alarm/alarm-watch.tsx'
import { personQuery } from '../api/queries.ts'
import { startNotingSteps } from '../cases/note-steps.ts'
import { NotOpened, Opening } from '../frame/blank-pages.tsx'
import { useLine } from '../frame/use-line.ts'
import { startSendingAs } from '../kept/queue.ts'
import { keepOnlyOf } from '../people/along.ts'
import { startNotingFiled } from '../report/filed.ts'
import { startNotingVisited } from '../visit/visited.ts'
import { EndingWatch } from './ending-band.tsx'
import { type Me, useMe } from './use-me.ts'

const MeContext = createContext<Me | undefined>(undefined)

/** Whoever is signed in; only on pages below `SignedIn`. */
export function useOwnMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('nobody is signed in here')
  return me
}

/** Every page of somebody who is signed in: one live line, one ring, one queue for all of them. */
export function SignedIn() {
  const { t } = useTranslation()
  const { me, error } = useMe()
  useEffect(() => watchTouches(), [])
  useEffect(() => startNotingFiled(), [])
  const queryClient = useQueryClient()
  useEffect(
    () => startNotingVisited((personId) => void queryClient.invalidateQueries({ queryKey: personQuery(personId).queryKey })),
    [queryClient],
  )
  useEffect(() => startNotingSteps(queryClient), [queryClient])
  useLine(me?.actingPost?.postId)
  const accountId = me?.accountId
  const postId = me?.actingPost?.postId
  useEffect(() => {
    if (!accountId) return
    const stops = [keepOnlyOf(accountId), startSendingAs(accountId, postId)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [accountId, postId])
  if (!me) return error ? <NotOpened>{t('app.needsLine')}</NotOpened> : <Opening />
  return (
    <MeContext value={me}>
      <AlarmWatch>
        <EndingWatch>
          <Outlet />
        </EndingWatch>
      </AlarmWatch>
    </MeContext>
  )
}
