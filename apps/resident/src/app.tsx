import { ApiError } from '@linli/ui/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
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
import { useLine } from './alarm/use-line.ts'
import { Broken, Missing, Opening } from './frame/blank-pages.tsx'
import { HomePage } from './home/home-page.tsx'

const client = new QueryClient({
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

const routes = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: HomePage }),
  createRoute({
    getParentRoute: () => root,
    path: '/report',
    // In elder mode each question is a page of its own, so that "back" means the question before.
    validateSearch: (search: Record<string, unknown>): { step?: number } => (Number(search.step) > 1 ? { step: Number(search.step) } : {}),
    component: lazyRouteComponent(() => import('./report/report-page.tsx'), 'ReportPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sent/$requestId',
    component: lazyRouteComponent(() => import('./report/sent-page.tsx'), 'SentPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/progress',
    component: lazyRouteComponent(() => import('./progress/progress-page.tsx'), 'ProgressPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/progress/$number',
    // A link on a receipt may carry the digits; anything else is asked for.
    validateSearch: (search: Record<string, unknown>): { tail?: string } =>
      /^\d{4}$/.test(String(search.tail ?? '')) ? { tail: String(search.tail) } : {},
    component: lazyRouteComponent(() => import('./progress/case-page.tsx'), 'CasePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ratings',
    component: lazyRouteComponent(() => import('./ratings/ratings-page.tsx'), 'RatingsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/mine',
    component: lazyRouteComponent(() => import('./mine/mine-page.tsx'), 'MinePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('./session/sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/file',
    component: lazyRouteComponent(() => import('./file/file-page.tsx'), 'FilePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reach',
    component: lazyRouteComponent(() => import('./reach/reach-page.tsx'), 'ReachPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/privacy',
    component: lazyRouteComponent(() => import('./mine/privacy-page.tsx'), 'PrivacyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/call',
    component: lazyRouteComponent(() => import('./mine/call-page.tsx'), 'CallPage'),
  }),
])

const router = createRouter({
  routeTree: routes,
  basepath: '/resident',
  defaultPreload: 'intent',
  defaultPendingComponent: Opening,
  scrollRestoration: true,
  // `?tail=0001` and `?elder=1` are texts, not JSON.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
    ).toString()
    return text ? `?${text}` : ''
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
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
  useLine()
  useEffect(() => {
    if (!path) return
    if (!first.current) document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
    first.current = false
  }, [path])
  return <Outlet />
}
