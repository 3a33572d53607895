import type { Me } from '../api/queries.ts'

export type HomePath = '/queue' | '/list' | '/people' | '/scenes' | '/audit' | '/welcome'

type Standing = Pick<Me, 'permissions'> & { actingPost: { reach: string } | null }

export const may = (me: Standing, permission: string): boolean => me.actingPost !== null && me.permissions.includes(permission)

/** Line posts (departments, property companies) work from a table of what was sent to them; territory posts from a queue beside the detail. */
export const isLine = (me: Standing): boolean => me.actingPost?.reach === 'line'

/** Where a post begins its day, by what it may do, never by its name. */
export function homeOf(me: Standing): HomePath {
  if (may(me, 'cases.read')) {
    if (isLine(me)) return '/list'
    return deskPermissions.some((permission) => may(me, permission)) ? '/queue' : '/list'
  }
  if (may(me, 'access.view')) return '/people'
  if (may(me, 'scene.switch')) return '/scenes'
  if (may(me, 'audit.read')) return '/audit'
  return '/welcome'
}

/** Whoever has one of these has work waiting in a queue; a post that only reads gets the table. */
export const deskPermissions = [
  'cases.accept',
  'cases.dispatch',
  'cases.followUp',
  'cases.verify',
  'cases.rule',
  'cases.approveExtension',
  'cases.handle',
] as const
