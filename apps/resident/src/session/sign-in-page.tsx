import { call, newId, readPublicInfo } from '@linli/ui/client'
import { useLanguage } from '@linli/ui/text'
import { Field } from '@linli/ui/touch'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { signedIn } from '../kept/signed-in.ts'

const restSeconds = 60

/** Phone, then the code that came to it. Nothing else is asked, and a code may be pasted. */
export function SignInPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [wait, setWait] = useState(0)
  const codeField = useRef<HTMLInputElement>(null)
  const ask = useMutation({
    mutationFn: () => call('POST /public/sign-in-codes', { body: { requestId: newId(), phone, lang: language === 'en' ? 'en' : 'zh' } }),
    onSuccess: () => {
      setWait(restSeconds)
      codeField.current?.focus()
    },
  })
  const signIn = useMutation({
    mutationFn: () => call('POST /public/resident-sessions', { body: { phone, code } }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: ['resident'] })
      signedIn.change(() => true)
      void navigate({ to: '/mine' })
    },
  })
  useEffect(() => {
    if (wait === 0) return
    const timer = setTimeout(() => setWait((left) => left - 1), 1000)
    return () => clearTimeout(timer)
  }, [wait])
  const isPhone = /^1\d{10}$/.test(phone)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ask.isSuccess && /^\d{6}$/.test(code)) signIn.mutate()
    else if (isPhone && wait === 0) ask.mutate()
  }
  const { data: info } = useQuery({ queryKey: ['public-info'], queryFn: ({ signal }) => readPublicInfo(signal), staleTime: 300_000 })
  return (
    <Page title={t('signIn.title')} back="/mine">
      <p className="second">{t('signIn.lead')}</p>
      <form className="sheet sheet-stack" onSubmit={submit} noValidate>
        <Field label={t('signIn.phone')} error={ask.error ? problemWords(ask.error, t) : undefined}>
          {(control) => (
            <input
              {...control}
              className="input num"
              type="tel"
              inputMode="numeric"
              autoComplete="tel-national"
              maxLength={11}
              value={phone}
              onChange={(event) => setPhone(event.target.value.replace(/\D/g, ''))}
            />
          )}
        </Field>
        <button type="button" className="btn wide" disabled={!isPhone || wait > 0 || ask.isPending} onClick={() => ask.mutate()}>
          {wait > 0 ? t('signIn.again', { seconds: wait }) : t(ask.isSuccess ? 'signIn.askAgain' : 'signIn.ask')}
        </button>
        <p role="status" className="quiet">
          {ask.isSuccess ? t('signIn.sent') : ''}
        </p>
        <Field label={t('signIn.code')} hint={t('signIn.codeHint')} error={signIn.error ? problemWords(signIn.error, t) : undefined}>
          {(control) => (
            <input
              {...control}
              ref={codeField}
              className="input num"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              value={code}
              onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
            />
          )}
        </Field>
        <button type="submit" className="btn primary big wide" disabled={!isPhone || code.length !== 6 || signIn.isPending}>
          {t('signIn.submit')}
        </button>
      </form>
      {info?.phonesUrl ? (
        <p>
          <a className="link" href={info.phonesUrl} target="_blank" rel="noreferrer">
            {t('signIn.demo')}
          </a>
        </p>
      ) : null}
      <p className="quiet">{t('signIn.door')}</p>
    </Page>
  )
}
