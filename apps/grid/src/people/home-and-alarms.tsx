import { useDefinitionText, useTimeWords } from '@linli/ui/text'
import { Icon } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bell, Camera } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Section } from '../frame/section.tsx'
import type { TakenFile } from './along.ts'
import { PersonLine } from './person-line.tsx'
import { alarmsOfQuery, homeQuery } from './queries.ts'

type Home = Pick<NonNullable<TakenFile['home']>, 'addressId' | 'place'>
const nowhere: Home = { addressId: '', place: '' }

/** Who else lives at the same address, and the alarms there have been about this person. */
export function HomeAndAlarms({ personId, home: { addressId, place } = nowhere }: { personId: string; home: Home | undefined }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const { data: living } = useQuery({ ...homeQuery(addressId), enabled: addressId !== '' })
  const { data: alarms } = useQuery(alarmsOfQuery(personId))
  const others = living?.items.filter((person) => person.personId !== personId && person.status === 'here') ?? []
  return (
    <>
      {addressId ? (
        <Section title={t('people.home')}>
          {others.length > 0 ? (
            <ul className="sheet rows">
              {others.map(({ personId: other, masked, careGroups, status }) => (
                <li key={other}>
                  <PersonLine personId={other} name={masked.name ?? ''} place="" groups={careGroups} status={status} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="second">{t('people.alone')}</p>
          )}
          <Link to="/report" search={{ place }} className="btn wide">
            <Icon of={Camera} />
            {t('people.reportHere')}
          </Link>
        </Section>
      ) : null}
      {alarms && alarms.items.length > 0 ? (
        <Section title={t('people.alarms')}>
          <ul className="sheet rows">
            {alarms.items.map((alarm) => (
              <li key={alarm.episodeId}>
                <Link to="/alarms/$episodeId" params={{ episodeId: alarm.episodeId }} className="row">
                  <Icon of={Bell} />
                  <span className="row-text">
                    <span className="row-title">{word(`rule.${alarm.rule}`, alarm.ruleName)}</span>
                    <span className="quiet">{time.moment(alarm.raisedAt, Date.now())}</span>
                  </span>
                  <span className="row-end quiet">{t(`alarm.stages.${alarm.stage}`)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  )
}
