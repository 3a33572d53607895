import { ApiError, isSignedOut } from '@linli/ui/client'
import { useLanguage } from '@linli/ui/text'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { area } from './api/queries.ts'
import { nonce } from './csp.ts'
import { routeTree } from './routes.tsx'
import { useScale } from './scale.ts'
import { deskTheme } from './theme.ts'

const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    // Never parked until the line is back: a person is told at once, and sends again knowingly.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      // A refusal stays a refusal; only a cut line is worth another try, and the live line reads again anyway.
      retry: (count, error) => error instanceof ApiError && (error.status === 0 || error.status === 503) && count < 2,
      refetchOnWindowFocus: true,
    },
  },
})

const router = createRouter({
  routeTree,
  basepath: '/workbench',
  context: { queryClient },
  defaultPreload: false,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** A session that ended elsewhere (expired, revoked, signed out in another tab) leads to the sign-in page, and from there back to this one. */
function leaveWhenSignedOut(error: unknown): void {
  if (!isSignedOut(error)) return
  const { pathname, publicHref } = router.state.location
  if (pathname.endsWith('/sign-in')) return
  queryClient.removeQueries({ queryKey: [area.me] })
  void router.navigate({ to: '/sign-in', search: { to: publicHref, why: 'expired' } })
}

export function App() {
  const scale = useScale()
  const language = useLanguage()
  return (
    <ConfigProvider
      {...(nonce ? { csp: { nonce } } : {})}
      theme={deskTheme(scale)}
      locale={language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  )
}
