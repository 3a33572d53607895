import { relationName } from '@linli/registry/define'
import { Sep, useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import { Action, Part, type PartProps, Span } from './person-part.tsx'
import type { PersonFile } from './queries.ts'

/** Members of the family who act for the person: each by both consents, for what, until when. */
export function Family({ person, onChange }: PartProps) {
  const { t } = useTranslation()
  return (
    <Part
      title={t('persons.family')}
      action={<Action onChange={onChange} start={{ change: 'proxyNamed' }} text={t('persons.nameProxy')} />}
    >
      {person.proxies.length === 0 ? <p className="dk-note">{t('persons.noFamily')}</p> : null}
      <ul className="wb-plain">
        {person.proxies.map((proxy) => (
          <Member key={proxy.proxyId} proxy={proxy} onChange={onChange} />
        ))}
      </ul>
    </Part>
  )
}

function Member({ proxy, onChange }: { proxy: PersonFile['proxies'][number] } & Pick<PartProps, 'onChange'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const time = useTimeWords()
  const now = useNow()
  const { proxyId, state, named, accepted, ended } = proxy
  const agreed = (who: 'person' | 'member', said: typeof named) =>
    t(`persons.agreedBy.${who}`, {
      at: time.moment(said.at, now),
      channel: t(`persons.channel.${said.channel}`),
      version: t('persons.textVersion', { version: said.textVersion }),
    })
  return (
    <li className="wb-post">
      <span>
        <b>{proxy.name}</b> {relationName(proxy.relation, language === 'en' ? 'en' : 'zh')}
        <span className="dk-meta wb-block">
          {ended ? t(`persons.proxyEndedBy.${ended.by}`, { at: time.moment(ended.at, now) }) : t(`persons.proxyState.${state}`)}
          <Sep />
          {proxy.phone}
        </span>
        <span className="dk-meta wb-block">{proxy.scope.map((one) => t(`persons.proxyScope.${one}`)).join(t('persons.and'))}</span>
        <Span from={proxy.from} to={proxy.to} />
        <span className="dk-meta wb-block">{agreed('person', named)}</span>
        {accepted ? <span className="dk-meta wb-block">{agreed('member', accepted)}</span> : null}
      </span>
      {ended ? null : (
        <span className="wb-inline">
          {state === 'asked' ? (
            <Action onChange={onChange} start={{ change: 'proxyAccepted', proxyId }} text={t('persons.acceptProxy')} />
          ) : null}
          <Action onChange={onChange} start={{ change: 'proxyEnded', proxyId }} text={t('persons.endIt')} />
        </span>
      )}
    </li>
  )
}

/** What the person agreed to, in which words, and what was withdrawn. */
export function Consents({ person, onChange }: PartProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  return (
    <Part
      title={t('persons.consents')}
      action={<Action onChange={onChange} start={{ change: 'consented' }} text={t('persons.addConsent')} />}
    >
      {person.consents.length === 0 ? <p className="dk-note">{t('persons.noConsents')}</p> : null}
      <ul className="wb-plain">
        {person.consents.map((consent) => (
          <li key={consent.consentId} className="wb-post">
            <span>
              <b>{t([`persons.purpose.${consent.purpose}`, consent.purpose])}</b>
              <span className="dk-meta wb-block">
                {t(`persons.channel.${consent.channel}`)}
                <Sep />
                {t('persons.textVersion', { version: consent.textVersion })}
                <Sep />
                {time.moment(consent.givenAt, now)}
              </span>
              {consent.withdrawnAt ? (
                <span className="dk-meta wb-block">{t('persons.withdrawn', { at: time.moment(consent.withdrawnAt, now) })}</span>
              ) : null}
            </span>
            {consent.withdrawnAt ? null : (
              <Action
                onChange={onChange}
                start={{ change: 'consentWithdrawn', consentId: consent.consentId }}
                text={t('persons.withdraw')}
              />
            )}
          </li>
        ))}
      </ul>
    </Part>
  )
}
