import { Sep } from '@linli/ui/desk'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BirthDialog } from './birth-dialog.tsx'
import { Action, Part, type PartProps, Span } from './person-part.tsx'
import type { PersonFile } from './queries.ts'

/** With whom the person keeps house, and where he lived before. */
export function Household({ person, onChange }: PartProps) {
  const { t } = useTranslation()
  const [isBirth, setIsBirth] = useState(false)
  const isHere = person.status === 'here' && person.home !== null
  const actions =
    onChange && isHere ? (
      <span className="wb-inline">
        {person.households.some(({ to }) => to === null) ? null : (
          <Action onChange={onChange} start={{ change: 'joinedHousehold' }} text={t('persons.joinHousehold')} />
        )}
        <button type="button" className="dk-button dk-button-small" onClick={() => setIsBirth(true)}>
          {t('persons.recordBirth')}
        </button>
      </span>
    ) : null
  return (
    <Part title={t('persons.household')} action={actions}>
      {person.households.length === 0 ? <p className="dk-note">{t('persons.noHousehold')}</p> : null}
      <ul className="wb-plain">
        {person.households.map((household) => (
          <li key={`${household.householdId} ${household.from}`} className="wb-post">
            <span>
              <b>{t(`persons.householdRole.${household.role}`)}</b>
              <Sep />
              {household.place}
              <span className="wb-block">
                {household.members.map(({ personId, name, role }) => (
                  <Someone key={personId} personId={personId} name={name} what={t(`persons.householdRole.${role}`)} />
                ))}
              </span>
              <Span from={household.from} to={household.to} />
            </span>
            {household.to ? null : (
              <Action
                onChange={onChange}
                start={{ change: 'leftHousehold', householdId: household.householdId }}
                text={t('persons.leaveHousehold')}
              />
            )}
          </li>
        ))}
      </ul>
      {person.stays.length > 0 ? (
        <>
          <h3 className="dk-meta">{t('persons.stays')}</h3>
          <ul className="wb-plain">
            {person.stays.map((stay) => (
              <li key={`${stay.addressId} ${stay.from}`}>
                <Link to="/dwellings/$addressId" params={{ addressId: stay.addressId }} className="dk-link">
                  {stay.place}
                </Link>
                <span className="dk-meta wb-block">
                  {t(`persons.residence.${stay.residence}`)}
                  <Sep />
                  {t(`persons.source.${stay.source}`)}
                </span>
                <Span from={stay.from} to={stay.to} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {isBirth ? <BirthDialog parent={person} onClose={() => setIsBirth(false)} /> : null}
    </Part>
  )
}

/** What others are to the person, whichever file says so. */
export function Relations({ person, onChange }: PartProps) {
  const { t } = useTranslation()
  return (
    <Part title={t('persons.relations')} action={<Action onChange={onChange} start={{ change: 'related' }} text={t('persons.relate')} />}>
      {person.relations.length === 0 ? <p className="dk-note">{t('persons.noRelations')}</p> : null}
      <ul className="wb-plain">
        {person.relations.map((relation) => (
          <li key={relation.relationId} className="wb-post">
            <span>
              {relation.other ? (
                <Someone personId={relation.other.personId} name={relation.other.name} what={wordOf(relation, t)} />
              ) : (
                t('persons.otherElsewhere', { what: wordOf(relation, t) })
              )}
              <span className="dk-meta wb-block">{t(`persons.source.${relation.source}`)}</span>
              <Span from={relation.from} to={relation.to} />
            </span>
            {relation.to || relation.isOthers ? null : (
              <Action onChange={onChange} start={{ change: 'unrelated', relationId: relation.relationId }} text={t('persons.endIt')} />
            )}
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** The child's file says parent; the parent's page says child. */
const fromThere = { spouse: 'spouse', child: 'parent', parent: 'child', sibling: 'sibling', guardian: 'ward', other: 'other' } as const

const wordOf = ({ kind, isOthers }: PersonFile['relations'][number], t: (key: string) => string): string =>
  t(`persons.relationKind.${isOthers ? fromThere[kind] : kind}`)

function Someone({ personId, name, what }: { personId: string; name: string; what: ReactNode }) {
  return (
    <span className="wb-someone">
      <Link to="/persons/$personId" params={{ personId }} className="dk-link">
        {name}
      </Link>{' '}
      {what}
    </span>
  )
}
