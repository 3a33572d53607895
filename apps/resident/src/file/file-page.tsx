import { relationName } from '@linli/registry/define'
import { type AnswerOf, call, newId } from '@linli/ui/client'
import { useNow } from '@linli/ui/phone'
import { useDefinitionText, useLanguage, useTimeWords } from '@linli/ui/text'
import { Empty, Toggle } from '@linli/ui/touch'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { useResident } from '../session/use-resident.ts'
import { HealthPart } from './health-part.tsx'

const watchQuery = queryOptions({ queryKey: ['resident', 'watch'], queryFn: ({ signal }) => call('GET /residents/me/watch', {}, signal) })
const familyQuery = queryOptions({
  queryKey: ['resident', 'family'],
  queryFn: ({ signal }) => call('GET /residents/me/family', {}, signal),
})
const viewsQuery = queryOptions({ queryKey: ['resident', 'views'], queryFn: ({ signal }) => call('GET /residents/me/views', {}, signal) })

/** 我的档案: what watches over me and how to stop it, for whom I act, and who looked at my file. */
export function FilePage() {
  const { t } = useTranslation()
  const resident = useResident()
  return (
    <Page title={t('file.title')} back="/mine">
      {resident === null ? (
        <>
          <p className="second">{t('file.needsSignIn')}</p>
          <Link to="/sign-in" className="btn primary big wide">
            {t('signIn.title')}
          </Link>
        </>
      ) : (
        <>
          <WatchPart />
          <HealthPart />
          <FamilyPart />
          <ViewsPart />
        </>
      )}
    </Page>
  )
}

function WatchPart() {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const queryClient = useQueryClient()
  const { data } = useQuery(watchQuery)
  const change = useMutation({
    mutationFn: ({ rule, isMuted }: { rule: string; isMuted: boolean }) =>
      call('POST /residents/me/watch', { body: { requestId: newId(), rule, isMuted } }),
    onSuccess: (watch) => queryClient.setQueryData(watchQuery.queryKey, watch),
  })
  if (!data) return null
  return (
    <section className="section" aria-labelledby="file-watch">
      <h2 id="file-watch">{t('file.watch')}</h2>
      {data.rules.length === 0 ? <p className="quiet">{t('file.noWatch')}</p> : null}
      <div className="sheet sheet-stack">
        {data.rules.map((rule) => (
          <Toggle
            key={rule.rule}
            selected={!rule.isMuted}
            onChange={(selected) => change.mutate({ rule: rule.rule, isMuted: !selected })}
            hint={t(rule.isAgreed ? (rule.isMuted ? 'file.muted' : 'file.heard') : 'file.notAgreed')}
          >
            {word(`rule.${rule.rule}`, rule.name)}
          </Toggle>
        ))}
        <p className="quiet">{t('file.sosStays')}</p>
      </div>
      {change.error ? (
        <p className="field-error" role="alert">
          {problemWords(change.error, t)}
        </p>
      ) : null}
    </section>
  )
}

type Bond = AnswerOf<'GET /residents/me/family'>['items'][number]

function FamilyPart() {
  const { t } = useTranslation()
  const language = useLanguage() === 'en' ? 'en' : 'zh'
  const queryClient = useQueryClient()
  const { data } = useQuery(familyQuery)
  const after = { onSuccess: (bonds: { items: Bond[] }) => queryClient.setQueryData(familyQuery.queryKey, bonds) }
  const accept = useMutation({
    mutationFn: (proxyId: string) =>
      call('POST /residents/me/family/:proxyId/acceptance', { params: { proxyId }, body: { requestId: newId(), textVersion: '2026-11' } }),
    ...after,
  })
  const leave = useMutation({
    mutationFn: (proxyId: string) => call('DELETE /residents/me/family/:proxyId', { params: { proxyId } }),
    ...after,
  })
  const error = accept.error ?? leave.error
  if (!data) return null
  return (
    <section className="section" aria-labelledby="file-family">
      <h2 id="file-family">{t('file.family')}</h2>
      {data.items.length === 0 ? <p className="quiet">{t('file.noFamily')}</p> : null}
      {data.items.map((bond) => (
        <div key={bond.proxyId} className="sheet sheet-stack">
          <p className="strong">{t('file.bond', { name: bond.name, relation: relationName(bond.relation, language) })}</p>
          <p>{bond.scope.map((scope) => t(`file.scope.${scope}`)).join(t('file.and'))}</p>
          <p className="quiet">
            {t(`file.bondState.${bond.state}`)} {bond.to ? t('file.until', { day: bond.to }) : ''}
          </p>
          {bond.state === 'asked' ? (
            <>
              <p>{t('file.consent')}</p>
              <button type="button" className="btn primary wide" disabled={accept.isPending} onClick={() => accept.mutate(bond.proxyId)}>
                {t('file.accept')}
              </button>
            </>
          ) : null}
          <button type="button" className="btn wide" disabled={leave.isPending} onClick={() => leave.mutate(bond.proxyId)}>
            {t(bond.state === 'asked' ? 'file.decline' : 'file.leave')}
          </button>
        </div>
      ))}
      {error ? (
        <p className="field-error" role="alert">
          {problemWords(error, t)}
        </p>
      ) : null}
    </section>
  )
}

function ViewsPart() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const { data } = useQuery(viewsQuery)
  if (!data) return null
  return (
    <section className="section" aria-labelledby="file-views">
      <h2 id="file-views">{t('file.views')}</h2>
      {data.items.length === 0 ? (
        <Empty icon={Eye} title={t('file.noViews')}>
          {t('file.viewsText')}
        </Empty>
      ) : (
        <ul className="sheet rows">
          {data.items.map((view) => (
            <li key={`${view.at}${view.by}${view.kind}`} className="row-block">
              <p className="strong" lang="zh-CN">
                {[view.by, view.office].filter(Boolean).join(' · ')}
              </p>
              <p>{t(`file.view.${view.kind}`)}</p>
              {view.reason ? <p lang="zh-CN">{view.reason}</p> : null}
              <p className="quiet">
                <time dateTime={view.at}>{time.moment(view.at, now)}</time>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
