import { call } from '@linli/ui/client'
import { useTimeWords } from '@linli/ui/text'
import { Chips, Dialog, Icon } from '@linli/ui/touch'
import { useMutation } from '@tanstack/react-query'
import { Eye, Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import type { TakenFile } from './along.ts'
import { usePersonWords } from './person-words.ts'

const reasons = ['visit', 'call', 'check'] as const
type Reason = (typeof reasons)[number]

/** What the platform knows, each with its source and day, and whom to call. All masked; in clear for a reason, which the person can read. */
export function PersonCalls({ file, isFresh }: { file: TakenFile; isFresh: boolean }) {
  const { t, i18n } = useTranslation()
  const time = useTimeWords()
  const words = usePersonWords()
  const [isAsking, setAsking] = useState(false)
  const contacts = file.contacts.filter(({ to }) => to === null)
  const look = useMutation({
    mutationFn: (reason: Reason) =>
      call('POST /persons/:personId/reveal', {
        params: { personId: file.personId },
        // The reason is read by the person, so it stands in the record in Chinese.
        body: {
          reason: i18n.getFixedT('zh-CN')(`people.reasons.${reason}`),
          fields: file.values.flatMap(({ field }) => (field === 'sex' || field === 'birthDate' || field === 'healthNote' ? [] : [field])),
          contacts: contacts.slice(0, 9).map(({ contactId }) => contactId),
        },
      }),
    onSuccess: () => setAsking(false),
  })
  const seen = look.data
  const callable = (phone: string | null | undefined) =>
    phone ? (
      <a className="btn" href={`tel:${phone}`}>
        <Icon of={Phone} />
        {phone}
      </a>
    ) : null
  return (
    <>
      {isFresh && !seen ? (
        <button type="button" className="btn wide" onClick={() => setAsking(true)}>
          <Icon of={Eye} />
          {t('people.look')}
        </button>
      ) : null}
      <ul className="sheet rows">
        {file.values.map(({ field, masked, source, at }) => {
          // A note for first aid opens at an alarm, and nowhere else.
          const open = field === 'healthNote' ? undefined : seen?.values[field]
          const shown = open ?? (field === 'sex' ? t(`people.sex.${masked}`) : (masked ?? t('people.hidden')))
          return (
            <li key={field} className="fact">
              <span className="quiet">{words.field(field)}</span>
              {field === 'phone' && seen?.values.phone ? callable(seen.values.phone) : <span lang="zh-CN">{shown}</span>}
              <span className="quiet">
                {t(`people.source.${source}`)} · {time.moment(at, Date.now())}
              </span>
            </li>
          )
        })}
        {contacts.map((contact) => {
          const open = seen?.contacts.find(({ contactId }) => contactId === contact.contactId)
          return (
            <li key={contact.contactId} className="fact">
              <span className="quiet">{t(`people.contact.${contact.kind}`)}</span>
              <span>
                {words.relation(contact.relation)} <span lang="zh-CN">{open?.name ?? contact.name}</span>
              </span>
              {open ? callable(open.phone) : <span className="num">{contact.phone}</span>}
            </li>
          )
        })}
      </ul>
      <p className="quiet">{t('people.looked')}</p>
      <Dialog title={t('people.why')} open={isAsking} onClose={() => setAsking(false)}>
        <div className="sheet-stack">
          <Chips
            label={t('people.why')}
            value={undefined}
            choices={reasons.map((key) => ({ key, name: t(`people.reasons.${key}`) }))}
            onChange={(reason) => look.mutate(reason)}
          />
          {look.error ? (
            <p className="field-error" role="alert">
              {problemWords(look.error, t)}
            </p>
          ) : null}
          <p className="quiet">{t('people.looked')}</p>
        </div>
      </Dialog>
    </>
  )
}
