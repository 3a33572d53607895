import { isSignedOut } from '@linli/ui/client'
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { meQuery } from './api/queries.ts'
import { filterKeys } from './cases/case-filter.ts'
import { LostPage, RouteProblem, Waiting } from './parts/states.tsx'
import { homeOf } from './session/home.ts'
import { keepOwnDrafts } from './session/own-drafts.ts'
import { Root } from './shell/root.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: LostPage,
  errorComponent: RouteProblem,
})

/** Search parameters come from an address that anyone can write: only texts under known names go on. */
const texts =
  <const K extends string>(...names: readonly K[]) =>
  (search: Record<string, unknown>): { [N in K]?: string } =>
    Object.fromEntries(
      names.flatMap((name) => (search[name] === undefined || search[name] === '' ? [] : [[name, String(search[name])]])),
    ) as { [N in K]?: string }

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./session/sign-in-page.tsx'), 'SignInPage'),
  validateSearch: texts('to', 'why'),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  pendingComponent: Waiting,
  errorComponent: RouteProblem,
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.queryClient.ensureQueryData(meQuery)
      keepOwnDrafts(me.accountId)
      return { me }
    } catch (error) {
      if (isSignedOut(error)) throw redirect({ to: '/sign-in', search: { to: location.publicHref } })
      throw error
    }
  },
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: homeOf(context.me), replace: true })
  },
})
const none = createRoute({
  getParentRoute: () => shell,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./session/welcome-page.tsx'), 'WelcomePage'),
})
const queue = createRoute({
  getParentRoute: () => shell,
  path: '/queue',
  component: lazyRouteComponent(() => import('./cases/queue-page.tsx'), 'QueuePage'),
  validateSearch: texts('kind', 'tab', 'case'),
})
const list = createRoute({
  getParentRoute: () => shell,
  path: '/list',
  component: lazyRouteComponent(() => import('./cases/list-page.tsx'), 'ListPage'),
  validateSearch: texts('kind', 'queue', 'sort', 'case', ...filterKeys),
})
const casePage = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('./cases/case-page.tsx'), 'CasePage'),
})
const intake = createRoute({
  getParentRoute: () => shell,
  path: '/intake',
  component: lazyRouteComponent(() => import('./counter/intake-page.tsx'), 'IntakePage'),
})
const statistics = createRoute({
  getParentRoute: () => shell,
  path: '/statistics',
  component: lazyRouteComponent(() => import('./statistics/statistics-page.tsx'), 'StatisticsPage'),
  validateSearch: texts('kind', 'period', 'area'),
})
const request = createRoute({
  getParentRoute: () => shell,
  path: '/request',
  component: lazyRouteComponent(() => import('./assistance/request-page.tsx'), 'RequestPage'),
})
const duties = createRoute({
  getParentRoute: () => shell,
  path: '/duties',
  component: lazyRouteComponent(() => import('./duties/duties-page.tsx'), 'DutiesPage'),
  validateSearch: texts('standing', 'q', 'category', 'org', 'area', 'on', 'ever', 'duty'),
})
const topics = createRoute({
  getParentRoute: () => shell,
  path: '/topics',
  component: lazyRouteComponent(() => import('./topics/topics-page.tsx'), 'TopicsPage'),
  validateSearch: texts('state', 'q', 'topic'),
})
const messages = createRoute({
  getParentRoute: () => shell,
  path: '/messages',
  component: lazyRouteComponent(() => import('./messages/messages-page.tsx'), 'MessagesPage'),
  validateSearch: texts('unread'),
})
const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
  validateSearch: texts('q', 'account'),
})
const persons = createRoute({
  getParentRoute: () => shell,
  path: '/persons',
  component: lazyRouteComponent(() => import('./persons/persons-page.tsx'), 'PersonsPage'),
  validateSearch: texts('q', 'careGroup', 'status'),
})
const person = createRoute({
  getParentRoute: () => shell,
  path: '/persons/$personId',
  component: lazyRouteComponent(() => import('./persons/person-page.tsx'), 'PersonPage'),
})
const corrections = createRoute({
  getParentRoute: () => shell,
  path: '/corrections',
  component: lazyRouteComponent(() => import('./persons/corrections-page.tsx'), 'CorrectionsPage'),
  validateSearch: texts('state'),
})
const dwelling = createRoute({
  getParentRoute: () => shell,
  path: '/dwellings/$addressId',
  component: lazyRouteComponent(() => import('./persons/dwelling-page.tsx'), 'DwellingPage'),
})
const roles = createRoute({
  getParentRoute: () => shell,
  path: '/roles',
  component: lazyRouteComponent(() => import('./people/roles-page.tsx'), 'RolesPage'),
})
const scenes = createRoute({
  getParentRoute: () => shell,
  path: '/scenes',
  component: lazyRouteComponent(() => import('./scenes/scenes-page.tsx'), 'ScenesPage'),
})
const exports_ = createRoute({
  getParentRoute: () => shell,
  path: '/exports',
  component: lazyRouteComponent(() => import('./exports/exports-page.tsx'), 'ExportsPage'),
})
const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  component: lazyRouteComponent(() => import('./imports/imports-page.tsx'), 'ImportsPage'),
})
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
  validateSearch: texts('action', 'account', 'subject', 'from', 'to'),
})

const looks = createRoute({
  getParentRoute: () => shell,
  path: '/looks',
  component: lazyRouteComponent(() => import('./audit/looks-page.tsx'), 'LooksPage'),
  validateSearch: texts('account', 'person', 'day', 'kind'),
})

const alarms = createRoute({
  getParentRoute: () => shell,
  path: '/alarms',
  component: lazyRouteComponent(() => import('./signals/alarms-page.tsx'), 'AlarmsPage'),
  validateSearch: texts('state', 'rule', 'outcome', 'days', 'alarm', 'view'),
})
const alarmRules = createRoute({
  getParentRoute: () => shell,
  path: '/alarm-rules',
  component: lazyRouteComponent(() => import('./signals/rules-page.tsx'), 'RulesPage'),
  validateSearch: texts('days'),
})
const devices = createRoute({
  getParentRoute: () => shell,
  path: '/devices',
  component: lazyRouteComponent(() => import('./signals/devices-page.tsx'), 'DevicesPage'),
  validateSearch: texts('q', 'kind', 'presence', 'state', 'firmware', 'gatewayId', 'device'),
})
const backlog = createRoute({
  getParentRoute: () => shell,
  path: '/backlog',
  component: lazyRouteComponent(() => import('./backlog/backlog-page.tsx'), 'BacklogPage'),
  validateSearch: texts('state'),
})
const quarantine = createRoute({
  getParentRoute: () => shell,
  path: '/quarantine',
  component: lazyRouteComponent(() => import('./signals/quarantine-page.tsx'), 'QuarantinePage'),
  validateSearch: texts('state'),
})

const deliveries = createRoute({
  getParentRoute: () => shell,
  path: '/deliveries',
  component: lazyRouteComponent(() => import('./deliveries/deliveries-page.tsx'), 'DeliveriesPage'),
  validateSearch: texts('state'),
})

const cells = createRoute({
  getParentRoute: () => shell,
  path: '/cells',
  component: lazyRouteComponent(() => import('./cells/cells-page.tsx'), 'CellsPage'),
  validateSearch: texts('community'),
})
const deputies = createRoute({
  getParentRoute: () => shell,
  path: '/deputies',
  component: lazyRouteComponent(() => import('./people/deputies-page.tsx'), 'DeputiesPage'),
})
const handovers = createRoute({
  getParentRoute: () => shell,
  path: '/handovers',
  component: lazyRouteComponent(() => import('./cells/handovers-page.tsx'), 'HandoversPage'),
  validateSearch: texts('community'),
})
const handover = createRoute({
  getParentRoute: () => shell,
  path: '/handovers/$handoverId',
  component: lazyRouteComponent(() => import('./cells/handover-page.tsx'), 'HandoverPage'),
})

export const routeTree = root.addChildren([
  signIn,
  shell.addChildren([
    home,
    none,
    queue,
    list,
    casePage,
    intake,
    statistics,
    request,
    duties,
    alarms,
    alarmRules,
    devices,
    backlog,
    quarantine,
    deliveries,
    topics,
    messages,
    persons,
    person,
    corrections,
    dwelling,
    exports_,
    imports,
    people,
    roles,
    scenes,
    audit,
    looks,
    cells,
    deputies,
    handovers,
    handover,
  ]),
])
