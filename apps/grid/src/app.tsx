import { ApiError, isSignedOut } from '@linli/ui/client'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
  useRouterState,
} from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { episodesQuery } from './api/queries.ts'
import { Broken, Missing, Opening } from './frame/blank-pages.tsx'
import { SignedIn } from './session/signed-in.tsx'
import { forgetMe } from './session/use-me.ts'
import { TodayPage } from './today/today-page.tsx'

const client = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The server's "no" is final; no connection is worth two more attempts.
      retry: (failures, error) => !(error instanceof ApiError && error.status >= 400 && error.status < 500) && failures < 2,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

const root = createRootRoute({ component: Root, notFoundComponent: Missing, errorComponent: Broken })

const own = createRoute({ getParentRoute: () => root, id: 'own', component: SignedIn })

const routes = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: ({ why, rang }: Record<string, unknown>): { why?: 'expired'; rang?: true } =>
      why === 'expired' ? { why, ...(rang === true && { rang }) } : {},
    component: lazyRouteComponent(() => import('./session/sign-in-page.tsx'), 'SignInPage'),
  }),
  own.addChildren([
    createRoute({ getParentRoute: () => own, path: '/', component: TodayPage }),
    createRoute({
      getParentRoute: () => own,
      path: '/alarms/$episodeId',
      component: lazyRouteComponent(() => import('./alarm/alarm-page.tsx'), 'AlarmPage'),
    }),
    createRoute({
      getParentRoute: () => own,
      path: '/cases/$caseId',
      component: lazyRouteComponent(() => import('./cases/case-page.tsx'), 'CasePage'),
    }),
    createRoute({
      getParentRoute: () => own,
      path: '/report',
      validateSearch: ({ place }: Record<string, unknown>): { place?: string } => (typeof place === 'string' ? { place } : {}),
      component: lazyRouteComponent(() => import('./report/report-page.tsx'), 'ReportPage'),
    }),
    createRoute({
      getParentRoute: () => own,
      path: '/reports/$requestId',
      component: lazyRouteComponent(() => import('./report/reported-page.tsx'), 'ReportedPage'),
    }),
    createRoute({
      getParentRoute: () => own,
      path: '/people',
      component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
    }),
    createRoute({
      getParentRoute: () => own,
      path: '/people/$personId',
      component: lazyRouteComponent(() => import('./people/person-page.tsx'), 'PersonPage'),
    }),
    createRoute({
      getParentRoute: () => own,
      path: '/people/$personId/visit',
      validateSearch: ({ alarm }: Record<string, unknown>): { alarm?: string } => (typeof alarm === 'string' ? { alarm } : {}),
      component: lazyRouteComponent(() => import('./visit/visit-page.tsx'), 'VisitPage'),
    }),
    createRoute({
      getParentRoute: () => own,
      path: '/visits/$requestId',
      component: lazyRouteComponent(() => import('./visit/visited-page.tsx'), 'VisitedPage'),
    }),
    createRoute({
      getParentRoute: () => own,
      path: '/queue',
      component: lazyRouteComponent(() => import('./queue/queue-page.tsx'), 'QueuePage'),
    }),
    createRoute({
      getParentRoute: () => own,
      path: '/me',
      component: lazyRouteComponent(() => import('./me/me-page.tsx'), 'MePage'),
    }),
  ]),
])

const router = createRouter({
  routeTree: routes,
  basepath: '/grid',
  defaultPreload: 'intent',
  defaultPendingComponent: Opening,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** A session that ended (expired, revoked, signed out elsewhere) leads to the sign-in page; what waits to be sent stays on the phone. */
function leaveWhenSignedOut(error: unknown): void {
  if (!isSignedOut(error) || router.state.location.pathname.endsWith('/sign-in')) return
  const wasSignedIn = forgetMe()
  const isRinging = client.getQueryData(episodesQuery.queryKey)?.items.some(({ stage }) => stage === 'raised') ?? false
  client.clear()
  void router.navigate({ to: '/sign-in', search: wasSignedIn ? { why: 'expired', ...(isRinging && { rang: true }) } : {} })
}

export function App() {
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  )
}

/** After each change of page the reader starts at the top of its main part, as after a real page load. */
function Root() {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const first = useRef(true)
  useEffect(() => {
    if (!path) return
    if (!first.current) document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
    first.current = false
  }, [path])
  return <Outlet />
}
