import './words.ts'
import { call } from '@linli/ui/client'
import { Reveal, Sep, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../api/queries.ts'
import { ProfileSections } from '../parts/profile-sections.tsx'
import { Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { AskedCorrection } from './asked-corrections.tsx'
import { useCareGroupName } from './care-group-name.ts'
import { ChangeDialog } from './change-dialog.tsx'
import type { ChangeStart } from './change-fields.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { ErasedFile } from './erased-file.tsx'
import { ErasureNote } from './erasure-note.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { Consents, Family } from './person-bonds.tsx'
import { PersonHistory } from './person-history.tsx'
import { Household, Relations } from './person-household.tsx'
import { Action, Part, type PartProps, Span } from './person-part.tsx'
import { PersonVisits } from './person-visits.tsx'
import { PersonWatch } from './person-watch.tsx'
import { type PersonFile, personQuery, personViewsQuery } from './queries.ts'

/** A person file (居民服务档案): masked, every value with its source and day, and who has looked. */
export function PersonPage() {
  const { personId } = useParams({ from: '/shell/persons/$personId' })
  const { data: me } = useQuery(meQuery)
  const file = useQuery(personQuery(personId))
  const [change, setChange] = useState<ChangeStart>()
  const [merging, setMerging] = useState<{ absorbed?: string }>()
  const [isErasing, setIsErasing] = useState(false)
  const { t } = useTranslation()
  if (file.error) return <Problem error={file.error} retry={() => void file.refetch()} />
  if (!me || !file.data) return <Waiting />
  const person = file.data
  if (person.status === 'erased') return <ErasedFile person={person} />
  const mayErase = may(me, 'registry.record') && person.status !== 'merged' && (person.erasure === null || person.erasure.outcome !== null)
  const ask = may(me, 'registry.record') && person.status !== 'died' && person.status !== 'merged' ? setChange : undefined
  return (
    <div className="wb-page wb-person">
      <header className="wb-page-head">
        <div>
          <p className="dk-meta">
            <Link to="/persons" search={{}}>
              {t('persons.title')}
            </Link>
          </p>
          <h1>{person.values.find(({ field }) => field === 'name')?.masked}</h1>
          <p className="dk-note">
            {person.status === 'here' ? (person.home?.place ?? t('persons.unsettled')) : t(`persons.status.${person.status}`)}
            <Sep />
            {person.community.name}
          </p>
        </div>
        {ask ? (
          <button type="button" className="dk-button" onClick={() => setMerging({})}>
            {t('persons.merge')}
          </button>
        ) : null}
        {mayErase ? (
          <button type="button" className="dk-button" onClick={() => setIsErasing(true)}>
            {t('persons.erase')}
          </button>
        ) : null}
        <button type="button" className="dk-button" onClick={() => globalThis.print()}>
          <Printer size={16} aria-hidden="true" /> {t('case.print')}
        </button>
      </header>
      <Merged person={person} onTakeApart={ask ? (absorbed) => setMerging({ absorbed }) : undefined} />
      {person.erasure ? (
        <div className="wb-info">
          <ErasureNote erasure={person.erasure} />
        </div>
      ) : null}
      <div className="wb-person-grid">
        <Values person={person} mayReveal={may(me, 'registry.reveal')} onChange={ask} />
        <Home person={person} onChange={ask} />
        <Household person={person} onChange={ask} />
        <Relations person={person} onChange={ask} />
        <CareGroups person={person} onChange={ask} maySetViewers={me.actingPost?.reach !== 'cell'} />
        <PersonVisits personId={personId} maySettle={ask !== undefined} />
        <Contacts person={person} onChange={ask} />
        <Family person={person} onChange={ask} />
        <Consents person={person} onChange={ask} />
        {may(me, 'signals.read') ? <PersonWatch personId={personId} /> : null}
        <ProfileSections sections={person.sections} />
        <PersonHistory personId={personId} />
      </div>
      {isErasing ? <EraseDialog person={person} onClose={() => setIsErasing(false)} /> : null}
      {merging ? <MergeDialog person={person} absorbed={merging.absorbed} onClose={() => setMerging(undefined)} /> : null}
      {change ? <ChangeDialog person={person} start={change} onClose={() => setChange(undefined)} /> : null}
    </div>
  )
}

/** Where the file went on, or which ones went into it. */
function Merged({ person, onTakeApart }: { person: PersonFile; onTakeApart: ((absorbed: string) => void) | undefined }) {
  const { t } = useTranslation()
  if (person.mergedInto)
    return (
      <p className="wb-info">
        {t('persons.mergedText')}{' '}
        <Link to="/persons/$personId" params={{ personId: person.mergedInto }} className="dk-link">
          {t('persons.openKept')}
        </Link>
      </p>
    )
  return person.absorbed.map((personId) => (
    <p key={personId} className="wb-info">
      {t('persons.absorbedText')}{' '}
      <Link to="/persons/$personId" params={{ personId }} className="dk-link">
        {t('persons.openGiven')}
      </Link>{' '}
      {onTakeApart ? (
        <button type="button" className="dk-button dk-button-small" onClick={() => onTakeApart(personId)}>
          {t('persons.unmerge')}
        </button>
      ) : null}
    </p>
  ))
}

function Values({ person, mayReveal, onChange }: PartProps & { mayReveal: boolean }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const reveal = async (field: Exclude<PersonFile['values'][number]['field'], 'healthNote'>, reason: string) => {
    try {
      const { values } = await call('POST /persons/:personId/reveal', {
        params: { personId: person.personId },
        body: { reason, fields: [field] },
      })
      await queryClient.invalidateQueries({ queryKey: personViewsQuery(person.personId).queryKey })
      return { shown: values[field] ?? t('persons.unknown'), seconds: 60 }
    } catch (error) {
      throw new Error(words(error))
    }
  }
  const reasons = ['visit', 'call', 'check'].map((key) => t(`persons.reasons.${key}`))
  return (
    <Part
      title={t('persons.facts')}
      action={
        <span className="wb-inline">
          <Action onChange={onChange} start={{ change: 'healthNoted' }} text={t('persons.healthNote')} />
          <Action onChange={onChange} start={{ change: 'corrected' }} text={t('persons.correct')} />
        </span>
      }
    >
      <dl className="wb-person-facts">
        {person.values.map(({ field, masked, source, at }) => {
          const what = t(`persons.field.${field}`)
          const shown =
            field === 'sex' ? t(`persons.sex.${masked}`) : (masked ?? t(field === 'healthNote' ? 'persons.sealedNote' : 'persons.hidden'))
          return (
            <div key={field}>
              <dt>{what}</dt>
              <dd>
                {mayReveal && field !== 'sex' && field !== 'healthNote' ? (
                  <Reveal masked={shown} what={what} reasons={reasons} ask={(reason) => reveal(field, reason)} />
                ) : (
                  <span className="dk-masked">{shown}</span>
                )}
                <span className="dk-meta wb-block">
                  {t(`persons.source.${source}`)}
                  <Sep />
                  {time.moment(at, now)}
                </span>
                <AskedCorrection person={person} field={field} mayAsk={onChange !== undefined} />
              </dd>
            </div>
          )
        })}
      </dl>
    </Part>
  )
}

function Home({ person, onChange }: PartProps) {
  const { t } = useTranslation()
  const action = (
    <span className="wb-inline">
      <Action onChange={onChange} start={{ change: 'movedIn' }} text={t('persons.moveIn')} />
      {person.status === 'here' ? <Action onChange={onChange} start={{ change: 'movedOut' }} text={t('persons.moveOut')} /> : null}
      <Action onChange={onChange} start={{ change: 'died' }} text={t('persons.die')} />
    </span>
  )
  return (
    <Part title={t('persons.home')} action={action}>
      {person.home ? (
        <p>
          <Link to="/dwellings/$addressId" params={{ addressId: person.home.addressId }} className="dk-link">
            {person.home.place}
          </Link>
          {person.home.residence ? <span className="dk-meta wb-block">{t(`persons.residence.${person.home.residence}`)}</span> : null}
        </p>
      ) : (
        <p className="dk-note">{person.status === 'here' ? t('persons.unsettledText') : t(`persons.status.${person.status}`)}</p>
      )}
    </Part>
  )
}

/** Who sees a label is decided by the community or above. */
function CareGroups({ person, onChange, maySetViewers }: PartProps & { maySetViewers: boolean }) {
  const { t } = useTranslation()
  const careGroupName = useCareGroupName()
  const onSet = maySetViewers ? onChange : undefined
  return (
    <Part title={t('persons.careGroups')} action={<Action onChange={onChange} start={{ change: 'tagged' }} text={t('persons.tag')} />}>
      {person.careGroups.length === 0 ? <p className="dk-note">{t('persons.noCareGroups')}</p> : null}
      <ul className="wb-plain">
        {person.careGroups.map((tag) => (
          <li key={tag.tagId} className="wb-post">
            <span>
              <b>{careGroupName(tag)}</b>
              <span className="dk-meta wb-block">
                {t('persons.basisIs', { basis: tag.basis })}
                <Sep />
                {tag.because}
              </span>
              <span className="dk-meta wb-block">
                {t('persons.viewersAre', { who: tag.viewers.map((level) => t(`persons.viewer.${level}`)).join(t('persons.and')) })}
              </span>
              <Span from={tag.from} to={tag.to} />
            </span>
            {tag.to ? null : (
              <span className="wb-inline">
                <Action
                  onChange={onSet}
                  start={{ change: 'viewersSet', tagId: tag.tagId, viewers: tag.viewers }}
                  text={t('persons.viewersSet')}
                />
                <Action onChange={onChange} start={{ change: 'untagged', tagId: tag.tagId }} text={t('persons.endIt')} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Contacts({ person, onChange }: PartProps) {
  const { t } = useTranslation()
  return (
    <Part
      title={t('persons.contacts')}
      action={<Action onChange={onChange} start={{ change: 'contactAdded' }} text={t('persons.addContact')} />}
    >
      {person.contacts.length === 0 ? <p className="dk-note">{t('persons.noContacts')}</p> : null}
      <ol className="wb-plain">
        {person.contacts.map((contact) => (
          <li key={contact.contactId} className="wb-post">
            <span>
              <b>{contact.name}</b> {contact.relation}
              <span className="dk-meta wb-block">
                {t(`persons.contactKind.${contact.kind}`)}
                <Sep />
                {contact.phone}
              </span>
              <Span from={contact.from} to={contact.to} />
            </span>
            {contact.to ? null : (
              <Action onChange={onChange} start={{ change: 'contactEnded', contactId: contact.contactId }} text={t('persons.endIt')} />
            )}
          </li>
        ))}
      </ol>
    </Part>
  )
}
