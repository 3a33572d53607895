import { call } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { Dialog, Field, Icon } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { House, ScanLine, UserRound, X } from 'lucide-react'
import { type ChangeEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { along, peopleAlong } from '../people/along.ts'
import { findQuery } from '../people/queries.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import type { DraftSubject } from './draft.ts'
import { readCode } from './read-code.ts'

interface SubjectsProps {
  subjects: readonly DraftSubject[]
  onChange(subjects: readonly DraftSubject[]): void
}

const most = 5

/** What it is about: a person or a dwelling out of those taken along or found, a device by the code on it. */
export function SubjectsSection({ subjects, onChange }: SubjectsProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'person' | 'device'>()
  const add = (found: DraftSubject): void => {
    onChange([...subjects.filter(({ key }) => key !== found.key), found].slice(0, most))
    setAsking(undefined)
  }
  return (
    <>
      {subjects.length > 0 ? (
        <ul className="sheet rows" aria-label={t('report.subjects')}>
          {subjects.map((subject) => (
            <li key={subject.key} className="row">
              <span className="row-text" lang="zh-CN">
                {subject.label}
              </span>
              <button
                type="button"
                className="link"
                aria-label={t('report.unlink', { what: subject.label })}
                onClick={() => onChange(subjects.filter(({ key }) => key !== subject.key))}
              >
                <Icon of={X} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {subjects.length < most ? (
        <div className="btn-row">
          <button type="button" className="btn" onClick={() => setAsking('person')}>
            <Icon of={UserRound} />
            {t('report.linkPerson')}
          </button>
          <button type="button" className="btn" onClick={() => setAsking('device')}>
            <Icon of={ScanLine} />
            {t('report.linkDevice')}
          </button>
        </div>
      ) : null}
      <Dialog title={t('report.linkPerson')} open={asking === 'person'} onClose={() => setAsking(undefined)} full>
        <People onPick={add} />
      </Dialog>
      <Dialog title={t('report.linkDevice')} open={asking === 'device'} onClose={() => setAsking(undefined)}>
        <Device onPick={add} />
      </Dialog>
    </>
  )
}

interface Someone {
  personId: string
  name: string
  place: string
}

/** Those taken along are there without a signal; others are found with one. */
function People({ onPick }: { onPick(subject: DraftSubject): void }) {
  const { t } = useTranslation()
  const { accountId } = useOwnMe()
  const [words, setWords] = useState('')
  const { data } = useQuery(findQuery(words.trim()))
  const taken = peopleAlong(useKept(along), accountId).map(({ personId, values, home }) => ({
    personId,
    name: values.find(({ field }) => field === 'name')?.masked ?? '',
    place: home?.place ?? '',
  }))
  const found = data?.items.map(({ personId, masked, place }) => ({ personId, name: masked.name ?? '', place }))
  const shown: readonly Someone[] = found ?? taken.filter(({ name, place }) => `${name}${place}`.includes(words.trim()))
  return (
    <div className="sheet-stack">
      <Field label={t('people.find')} hint={t('people.findHint')}>
        {(control) => <input {...control} className="input" value={words} onChange={(event) => setWords(event.target.value)} />}
      </Field>
      {shown.length === 0 ? <p className="second">{t('report.noneToLink')}</p> : null}
      <ul className="sheet rows">
        {shown.slice(0, 20).map(({ personId, name, place }) => (
          <li key={personId} className="fact">
            <span lang="zh-CN">
              {name} {place}
            </span>
            <span className="btn-row">
              <button
                type="button"
                className="btn"
                onClick={() => onPick({ key: personId, label: name, ref: { kind: 'person', id: personId } })}
              >
                <Icon of={UserRound} />
                {t('report.thisPerson', { name })}
              </button>
              {place ? (
                <button
                  type="button"
                  className="btn"
                  onClick={() => onPick({ key: `home ${personId}`, label: place, ref: { kind: 'dwelling', ofPerson: personId } })}
                >
                  <Icon of={House} />
                  {t('report.thisHome')}
                </button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The code on a device: read from a photo where the browser can, typed otherwise; looked up where there is a network, else when it is sent. */
function Device({ onPick }: { onPick(subject: DraftSubject): void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const scan = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [photo] = event.target.files ?? []
    event.target.value = ''
    const read = photo && (await readCode(photo))
    setProblem(read ? undefined : t('report.noCode'))
    if (read) setCode(read)
  }
  const link = async (): Promise<void> => {
    const said = code.trim()
    if (said.length < 2) return setProblem(t('report.needCode'))
    const name = await nameOf(said)
    if (name === null) return setProblem(t('report.noDevice'))
    onPick({ key: said, label: name ?? said, ref: { kind: 'device', code: said } })
  }
  return (
    // No form of its own: it stands within that of the report.
    <div className="sheet-stack">
      {'BarcodeDetector' in globalThis ? (
        <label className="btn wide">
          <input className="visually-hidden" type="file" accept="image/*" capture="environment" onChange={(event) => void scan(event)} />
          <Icon of={ScanLine} />
          {t('report.scan')}
        </label>
      ) : null}
      <Field label={t('report.code')} hint={t('report.codeHint')} error={problem}>
        {(control) => (
          <input
            {...control}
            className="input"
            autoCapitalize="characters"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <button type="button" className="btn primary wide" onClick={() => void link()}>
        {t('report.link')}
      </button>
    </div>
  )
}

/** What the ledger calls it; null where it has no such device, undefined where it cannot be asked now. */
async function nameOf(code: string): Promise<string | null | undefined> {
  try {
    const { items } = await call('GET /devices', { query: { q: code, limit: 10 } })
    const device = items.find((one) => one.code === code)
    return device ? `${device.name} ${device.code}` : null
  } catch {
    return undefined
  }
}
