import { ApiError, call } from '@linli/ui/client'
import { switchLanguage, useLanguage } from '@linli/ui/text'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { House } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { publicInfoQuery } from '../api/public-info.ts'
import { meQuery } from '../api/queries.ts'
import { useProblemText } from '../parts/states.tsx'
import { DemoLogins } from './demo-logins.tsx'
import { ownPath } from './own-path.ts'
import { waitWords } from './wait-words.ts'

interface Credentials {
  account: string
  password: string
}

export function SignInPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { to, why } = useSearch({ from: '/sign-in' })
  const { data: info } = useQuery(publicInfoQuery)
  const queryClient = useQueryClient()
  const router = useRouter()
  const [form] = Form.useForm<Credentials>()
  const submit = useRef<HTMLButtonElement>(null)
  const [isCaps, setIsCaps] = useState(false)
  const signIn = useMutation({
    mutationFn: async (credentials: Credentials) => {
      await call('POST /sessions', { body: credentials })
      return call('GET /me', {})
    },
    onSuccess: (me) => {
      queryClient.clear()
      queryClient.setQueryData(meQuery.queryKey, me)
      router.history.push(ownPath(to))
    },
    onError: () => form.getFieldInstance('password')?.focus?.(),
  })
  const watchCaps = (event: KeyboardEvent) => setIsCaps(event.getModifierState('CapsLock'))
  return (
    <main className="wb-sign-in">
      <div className="wb-sign-in-card">
        <p className="wb-sign-in-brand">
          <House size={28} aria-hidden="true" /> {t('signIn.brand')}
        </p>
        <h1>{t('signIn.title')}</h1>
        {why === 'expired' && !signIn.error ? (
          <p className="wb-info" role="status">
            {t('signIn.expired')}
          </p>
        ) : null}
        {signIn.error ? <SignInProblem error={signIn.error} /> : null}
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => signIn.mutate(values)} disabled={signIn.isPending}>
          <Form.Item
            name="account"
            label={t('signIn.account')}
            rules={[{ required: true, whitespace: true, message: t('signIn.needAccount') }]}
          >
            <Input size="large" autoFocus autoComplete="username" autoCapitalize="off" spellCheck={false} maxLength={64} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, message: t('signIn.needPassword') }]}
            extra={<span role="status">{isCaps ? t('signIn.caps') : ''}</span>}
          >
            <Input.Password size="large" autoComplete="current-password" maxLength={200} onKeyUp={watchCaps} onKeyDown={watchCaps} />
          </Form.Item>
          {/* Ours, not antd's: its spinner changes the button's name, and may stay when its motion is interrupted. */}
          <button
            ref={submit}
            type="submit"
            className="dk-button dk-button-primary wb-sign-in-submit"
            disabled={signIn.isPending}
            aria-busy={signIn.isPending || undefined}
          >
            {t('signIn.submit')}
          </button>
        </Form>
        {info?.demo ? (
          <DemoLogins
            logins={info.logins ?? []}
            onChoose={({ account, password }) => {
              form.setFieldsValue({ account, password })
              submit.current?.focus()
            }}
          />
        ) : null}
        <p className="wb-sign-in-foot">
          <button
            type="button"
            className="dk-link"
            lang={language === 'en' ? 'zh-CN' : 'en'}
            onClick={() => void switchLanguage(language === 'en' ? 'zh-CN' : 'en')}
          >
            {language === 'en' ? '中文' : 'English'}
          </button>
        </p>
      </div>
    </main>
  )
}

function SignInProblem({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const wait = error instanceof ApiError && (error.code === 'access.account_locked' || error.status === 429) ? error.retryAfter : undefined
  return (
    <div className="wb-problem" role="alert">
      <p>{words(error)}</p>
      {wait ? <p>{t('signIn.wait', { wait: waitWords(wait, t) })}</p> : null}
    </div>
  )
}
