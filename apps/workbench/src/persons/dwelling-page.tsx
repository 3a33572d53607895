import './words.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ProfileSections } from '../parts/profile-sections.tsx'
import { Problem, Waiting } from '../parts/states.tsx'
import { Part, Span } from './person-part.tsx'
import { type Dwelling, dwellingQuery } from './queries.ts'
import { StandardAddress } from './standard-address.tsx'

/** A dwelling: its households, who lives there now, and who did before. */
export function DwellingPage() {
  const { addressId } = useParams({ from: '/shell/dwellings/$addressId' })
  const dwelling = useQuery(dwellingQuery(addressId))
  const { t } = useTranslation()
  if (dwelling.error) return <Problem error={dwelling.error} retry={() => void dwelling.refetch()} />
  if (!dwelling.data) return <Waiting />
  const { address, standard, households, now, before, elsewhere, sections } = dwelling.data
  return (
    <div className="wb-page wb-person">
      <header className="wb-page-head">
        <div>
          <p className="dk-meta">
            <Link to="/persons" search={{ q: address.fullName }}>
              {t('persons.title')}
            </Link>
          </p>
          <h1>{address.fullName}</h1>
          <p className="dk-note">{t('persons.livesHere', { count: now.length })}</p>
        </div>
      </header>
      <div className="wb-person-grid">
        <StandardAddress address={address} standard={standard} />
        {households.map(({ householdId, members }) => (
          <Part key={householdId} title={t('persons.householdOf', { name: members[0]?.name, count: members.length })}>
            <ul className="wb-plain">
              {members.map(({ personId, name, role, from, to }) => (
                <li key={personId}>
                  <Name personId={personId} name={name} /> {t(`persons.householdRole.${role}`)}
                  <Span from={from} to={to} />
                </li>
              ))}
            </ul>
          </Part>
        ))}
        <Lives title={t('persons.livesNow')} none={t('persons.nobodyNow')} lives={now} />
        <Lives title={t('persons.livedBefore')} none={t('persons.nobodyBefore')} lives={before} />
        <ProfileSections sections={sections} />
      </div>
      {elsewhere > 0 ? <p className="dk-note">{t('persons.livedElsewhere', { count: elsewhere })}</p> : null}
    </div>
  )
}

function Lives({ title, none, lives }: { title: string; none: string; lives: Dwelling['now'] }) {
  const { t } = useTranslation()
  return (
    <Part title={title}>
      {lives.length === 0 ? <p className="dk-note">{none}</p> : null}
      <ul className="wb-plain">
        {lives.map(({ personId, name, status, residence, source, from, to }) => (
          <li key={`${personId} ${from}`}>
            <Name personId={personId} name={name} />
            <span className="dk-meta wb-block">
              {[t(`persons.residence.${residence}`), status === 'died' ? t('persons.status.died') : '', t(`persons.source.${source}`)]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <Span from={from} to={to} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Name({ personId, name }: { personId: string; name: string }) {
  return (
    <Link to="/persons/$personId" params={{ personId }} className="dk-link">
      {name}
    </Link>
  )
}
