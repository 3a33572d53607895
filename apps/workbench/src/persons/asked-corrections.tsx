import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskDialog } from './ask-dialog.tsx'
import { CorrectionChoices } from './correction-choices.tsx'
import type { AskedField, PersonFile } from './queries.ts'

const askable: readonly AskedField[] = ['name', 'idNumber', 'birthDate']

/** Below a value that the police own: what was asked for and how it stands, or the way to ask. */
export function AskedCorrection({ person, field, mayAsk }: { person: PersonFile; field: string; mayAsk: boolean }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const [isAsking, setIsAsking] = useState(false)
  const held = person.values.find((value) => value.field === field)
  const [latest] = person.corrections.filter((one) => one.field === field)
  const own = askable.find((one) => one === field)
  const isOpen = latest?.outcome === null
  return (
    <>
      {latest ? (
        <span className="wb-correction">
          <span>
            {t('persons.askedFor', { value: latest.masked ?? t('persons.hidden') })}
            <span className="dk-meta wb-block">
              {[
                latest.by,
                time.moment(latest.raisedAt, now),
                latest.outcome ? t(`persons.settled.${latest.outcome}`) : t('persons.waitsForAnother'),
              ].join(' · ')}
            </span>
          </span>
          {latest.maySettle && mayAsk ? (
            <CorrectionChoices personId={person.personId} correctionId={latest.correctionId} why={latest.why} />
          ) : null}
        </span>
      ) : null}
      {own && mayAsk && !isOpen && held?.source === 'policeFile' ? (
        <button type="button" className="dk-button dk-button-small" onClick={() => setIsAsking(true)}>
          {t('persons.askCorrection', { field: t(`persons.field.${field}`) })}
        </button>
      ) : null}
      {isAsking && own ? <AskDialog person={person} field={own} onClose={() => setIsAsking(false)} /> : null}
    </>
  )
}
