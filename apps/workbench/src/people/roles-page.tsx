import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rolesQuery } from '../api/queries.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Problem, Waiting } from '../parts/states.tsx'
import { useRoleName } from '../session/role-name.ts'

/** Roles are data of the platform: read here, changed with the release that brings them. */
export function RolesPage() {
  const { t, i18n } = useTranslation()
  const roles = useQuery(rolesQuery)
  const roleName = useRoleName()
  const say = (prefix: string, key: string): string => (i18n.exists(`${prefix}.${key}`) ? t(`${prefix}.${key}`) : key)
  return (
    <div className="wb-page wb-page-narrow">
      <PageHead title={t('roles.title')} note={t('roles.text')} />
      {roles.isPending ? <Waiting /> : null}
      {roles.error ? <Problem error={roles.error} retry={() => void roles.refetch()} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: read-only and longer than a small screen, so the keyboard must be able to scroll it */}
      <section className="wb-roles" aria-label={t('roles.title')} tabIndex={0}>
        {roles.data?.items.map((role) => (
          <section key={role.role} className="wb-panel" aria-label={roleName({ role: role.role, roleName: role.name })}>
            <h2 className="dk-h3">
              {roleName({ role: role.role, roleName: role.name })} <span className="dk-meta">{say('level', role.level)}</span>
            </h2>
            <ul className="wb-tags">
              {role.permissions.map((permission) => (
                <li key={permission} className="wb-tag" title={permission}>
                  {say('permission', permission)}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </section>
    </div>
  )
}
