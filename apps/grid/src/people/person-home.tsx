import { Icon } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Camera } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Section } from '../frame/section.tsx'
import type { TakenFile } from './along.ts'
import { PersonLine } from './person-line.tsx'
import { homeQuery } from './queries.ts'

/** Who else lives at the same address. */
export function PersonHome({ personId, home: { addressId, place } }: { personId: string; home: NonNullable<TakenFile['home']> }) {
  const { t } = useTranslation()
  const { data: living } = useQuery(homeQuery(addressId))
  const others = living?.items.filter((person) => person.personId !== personId && person.status === 'here') ?? []
  return (
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
  )
}
