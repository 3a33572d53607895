import { ApiError, call, type DemoLogin, loginsOf, readPublicInfo } from '@linli/ui/client'
import { switchLanguage, useLanguage } from '@linli/ui/text'
import { Monitor } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Those whom a wall is for. */
const wallRoles = ['countyLead', 'countyDispatcher', 'townshipLead', 'dispatcher']

const wordsOf: Readonly<Record<string, string>> = {
  'client.offline': 'signIn.offline',
  'access.credentials_wrong': 'signIn.wrong',
  'access.account_locked': 'signIn.locked',
  'access.account_disabled': 'signIn.disabled',
  'access.wall_forbidden': 'signIn.forbidden',
}

export function SignInPage({ hasEnded, onOpened }: { hasEnded: boolean; onOpened(): void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const logins = useDemoLogins()
  const open = async (event: FormEvent) => {
    event.preventDefault()
    setIsBusy(true)
    setProblem(undefined)
    try {
      await call('POST /sessions/wall', { body: { account, password } })
      onOpened()
    } catch (error) {
      setProblem(wordsOf[error instanceof ApiError ? error.code : ''] ?? 'signIn.failed')
      setIsBusy(false)
    }
  }
  return (
    <main className="sc-sign-in">
      <form onSubmit={(event) => void open(event)}>
        <h1>
          <Monitor aria-hidden="true" /> {t('signIn.title')}
        </h1>
        <p className="sc-lead">{t('signIn.lead')}</p>
        {hasEnded && !problem ? <p role="status">{t('signIn.ended')}</p> : null}
        {problem ? (
          <p className="sc-problem" role="alert">
            {t(problem)}
          </p>
        ) : null}
        <label>
          {t('signIn.account')}
          <input
            value={account}
            onChange={(event) => setAccount(event.target.value)}
            required
            maxLength={64}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
          />
        </label>
        <label>
          {t('signIn.password')}
          <input
            type="password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            required
            maxLength={200}
            autoComplete="current-password"
          />
        </label>
        <button type="submit" className="sc-primary" disabled={isBusy}>
          {t('signIn.submit')}
        </button>
        {logins.length > 0 ? (
          <section aria-labelledby="demo">
            <h2 id="demo">{t('signIn.demo')}</h2>
            <ul>
              {logins.map((login) => (
                <li key={login.account}>
                  <button
                    type="button"
                    className="sc-plain"
                    onClick={() => {
                      setAccount(login.account)
                      setPassword(login.password)
                    }}
                  >
                    <b>{login.account}</b>{' '}
                    <span lang="zh-CN">
                      {login.roleName} {login.orgName}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <button
          type="button"
          className="sc-plain"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => void switchLanguage(language === 'en' ? 'zh-CN' : 'en')}
        >
          {language === 'en' ? '中文' : 'English'}
        </button>
      </form>
    </main>
  )
}

/** Only a demo database tells any. */
function useDemoLogins(): DemoLogin[] {
  const [logins, setLogins] = useState<DemoLogin[]>([])
  useEffect(() => {
    const stop = new AbortController()
    readPublicInfo(stop.signal)
      .then((info) => setLogins(loginsOf(info, wallRoles)))
      .catch(() => undefined)
    return () => stop.abort()
  }, [])
  return logins
}
