import { switchLanguage, useLanguage } from '@linli/ui/text'
import { ErrorSummary, Field } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import { demoLoginsQuery } from './demo-logins.ts'
import { RangOn } from './rang-on.tsx'
import { useRoleName } from './role-name.ts'
import { useSignIn } from './use-me.ts'

export function SignInPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { why, rang } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const { data: logins = [] } = useQuery(demoLoginsQuery)
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const roleName = useRoleName()
  const signIn = useSignIn(() => void navigate({ to: '/' }))
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('app.name')}`
  }, [t])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!signIn.isPending) signIn.mutate({ account: account.trim(), password })
  }
  return (
    <div className="page">
      <main id="main" tabIndex={-1}>
        {rang ? <RangOn /> : null}
        <div className="lead">
          <h1>{t('signIn.title')}</h1>
          <p>{t(why === 'expired' ? 'signIn.expired' : 'signIn.lead')}</p>
        </div>
        {signIn.error ? (
          <ErrorSummary key={signIn.submittedAt} title={t('signIn.failed')} problems={[{ message: problemWords(signIn.error, t) }]} />
        ) : null}
        <form className="sheet sheet-stack" onSubmit={submit}>
          <Field label={t('signIn.account')}>
            {(control) => (
              <input
                {...control}
                className="input"
                value={account}
                onChange={(event) => setAccount(event.target.value)}
                required
                maxLength={64}
                autoComplete="username"
                autoCapitalize="off"
                spellCheck={false}
              />
            )}
          </Field>
          <Field label={t('signIn.password')}>
            {(control) => (
              <input
                {...control}
                className="input"
                type="password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
                required
                maxLength={200}
                autoComplete="current-password"
              />
            )}
          </Field>
          <button type="submit" className="btn primary big wide" disabled={signIn.isPending}>
            {t('signIn.submit')}
          </button>
        </form>
        {logins.length > 0 ? (
          <section className="section" aria-labelledby="demo">
            <h2 id="demo">{t('signIn.demo')}</h2>
            <ul className="sheet rows">
              {logins.map((login) => (
                <li key={login.account}>
                  <button
                    type="button"
                    className="row"
                    onClick={() => {
                      setAccount(login.account)
                      setPassword(login.password)
                    }}
                  >
                    <span className="row-text" lang="zh-CN">
                      <span className="row-title">{login.account}</span>
                      <span className="quiet">
                        {roleName(login)} {login.orgName}
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <button
          type="button"
          className="link"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => void switchLanguage(language === 'en' ? 'zh-CN' : 'en')}
        >
          {language === 'en' ? '中文' : 'English'}
        </button>
      </main>
    </div>
  )
}
