import { type LineState, openLine } from '@linli/ui/client'
import { NowProvider } from '@linli/ui/desk'
import { useIsMutating, useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { area, meQuery } from '../api/queries.ts'
import { touchedBy } from '../api/touched.ts'
import { leaveHeld } from '../cases/held-move.ts'
import { HeldProblemNote } from '../cases/held-note.tsx'
import { Waiting } from '../parts/states.tsx'
import { sessionChange } from '../session/use-session.ts'
import { useSessionEnd } from '../session/use-session-end.ts'
import { LineNote } from './line-note.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'

/** Seldom seen, and dialogs weigh much. */
const EndingDialog = lazy(async () => ({ default: (await import('../session/ending-dialog.tsx')).EndingDialog }))

/** Top bar, rail and page; one live line for all of them. */
export function Shell() {
  const { t } = useTranslation()
  const { data: me } = useQuery(meQuery)
  const isChanging = useIsMutating({ mutationKey: sessionChange }) > 0
  const { ending, stay } = useSessionEnd()
  const line = useLine(isChanging ? undefined : me?.actingPost?.postId)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page, not a new search, takes the focus and the reading position
  useEffect(() => {
    if (isFirst.current) isFirst.current = false
    else if (!main.current?.querySelector('input:focus, textarea:focus, select:focus')) main.current?.focus({ preventScroll: true })
  }, [path])
  useEffect(() => {
    globalThis.addEventListener('pagehide', leaveHeld)
    return () => globalThis.removeEventListener('pagehide', leaveHeld)
  }, [])
  const [offset, setOffset] = useState(0)
  useEffect(() => {
    if (me) setOffset(Date.parse(me.now) - Date.now())
  }, [me])
  if (!me) return <Waiting />
  return (
    <NowProvider offset={offset}>
      <div className="wb-shell">
        <a className="wb-skip" href="#main">
          {t('shell.skip')}
        </a>
        <TopBar me={me} />
        <LineNote state={line} />
        <Rail me={me} />
        <HeldProblemNote />
        <main id="main" ref={main} tabIndex={-1} className="wb-main">
          <Outlet />
        </main>
        {ending ? (
          <Suspense>
            <EndingDialog ending={ending} onStay={stay} />
          </Suspense>
        ) : null}
      </div>
    </NowProvider>
  )
}

/** The live line of the acting post: another post sees other cases, so it gets another line. */
function useLine(postId: string | undefined): LineState {
  const queryClient = useQueryClient()
  const [state, setState] = useState<LineState>('connecting')
  useEffect(() => {
    if (!postId) return
    return openLine({
      url: '/api/v1/stream',
      onEvents(events) {
        for (const queryKey of touchedBy(events)) void queryClient.invalidateQueries({ queryKey })
      },
      catchUp: () =>
        Promise.all(
          touchedBy([{ kind: 'reset' }]).map((queryKey) =>
            queryClient.invalidateQueries({ queryKey, refetchType: 'active' }, { throwOnError: true }),
          ),
        ),
      onState(next) {
        setState(next)
        // A line that the server closed may mean that the session ended; one question tells.
        if (next === 'broken' && navigator.onLine) void queryClient.invalidateQueries({ queryKey: [area.me] })
      },
    })
  }, [postId, queryClient])
  return state
}
