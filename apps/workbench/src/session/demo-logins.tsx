import type { DemoLogin } from '@linli/ui/client'
import { useTranslation } from 'react-i18next'
import { useRoleName } from './role-name.ts'

/** One click fills account and password; a person still presses "sign in". One account for each role first, everybody else folded. */
export function DemoLogins({ logins, onChoose }: { logins: readonly DemoLogin[]; onChoose(login: DemoLogin): void }) {
  const { t } = useTranslation()
  const first = firstOfEachRole(logins)
  const others = logins.filter((login) => !first.includes(login))
  return (
    <section className="wb-demo-logins" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('signIn.demo')}</h2>
      <p className="dk-note">{t(logins.length > 0 ? 'signIn.demoFill' : 'signIn.demoWhere')}</p>
      <LoginList logins={first} onChoose={onChoose} />
      {others.length > 0 ? (
        <details>
          <summary>{t('signIn.demoOthers', { count: others.length })}</summary>
          <LoginList logins={others} onChoose={onChoose} />
        </details>
      ) : null}
    </section>
  )
}

function LoginList({ logins, onChoose }: { logins: readonly DemoLogin[]; onChoose(login: DemoLogin): void }) {
  const roleName = useRoleName()
  return (
    <ul>
      {logins.map((login) => (
        <li key={login.account}>
          <button type="button" className="wb-demo-login" onClick={() => onChoose(login)}>
            <b>{roleName(login)}</b>
            <span className="dk-meta" lang="zh-CN">
              {login.orgName}
            </span>
            <span className="dk-meta">{login.account}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

export function firstOfEachRole<L extends { role: string }>(logins: readonly L[]): L[] {
  return logins.filter((login, at) => logins.findIndex(({ role }) => role === login.role) === at)
}
