import { useTranslation } from 'react-i18next'
import { type Fact, factsOf, type LoggedEntry, pausedStretch } from '../forms/entry-facts.ts'
import { useDefinitionText, useTimeWords } from '../text/index.ts'
import { useNow } from './now.tsx'
import { Sep } from './sep.tsx'

interface EntryLogProps {
  entries: readonly LoggedEntry[]
  headingId: string
  /** Address of a stored picture or PDF. */
  fileUrl(fileId: string, size: 'full' | 'thumb'): string
  /** Names of what entries point at: organizations by id, categories by key. */
  names?: ReadonlyMap<string, string>
  /** Level of its heading, below the subject's. */
  level?: 2 | 3
  /** The entry that this desk has just written: the receipt of the act. */
  fresh?: number | undefined
}

/** The life of a case, newest first: it only grows, a pause stays visible, and what the resident reads is marked. */
export function EntryLog({ entries, headingId, fileUrl, names, level = 3, fresh }: EntryLogProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const Heading = level === 2 ? 'h2' : 'h3'
  const paused = pausedStretch(entries)
  const newestFirst = [...entries].sort((a, b) => b.seq - a.seq)
  return (
    <section aria-labelledby={headingId} className="dk-log">
      <Heading id={headingId} className="dk-h3">
        {t('desk.log.title')} <span className="dk-meta">{t('desk.log.count', { count: entries.length })}</span>
      </Heading>
      <ol reversed>
        {newestFirst.map((entry) => (
          <li
            key={entry.seq}
            data-paused={paused.has(entry.seq) || undefined}
            data-fresh={entry.seq === fresh || undefined}
            data-milestone={isMilestone(entry) || undefined}
          >
            <time dateTime={entry.at}>{time.moment(entry.at, now)}</time>
            <div>
              <p>
                <b>{text(`move.${entry.move}`, entry.moveName)}</b>{' '}
                <span className="dk-by">
                  {entry.orgName ? (
                    <>
                      {entry.orgName}
                      <Sep />
                    </>
                  ) : null}
                  {/* Where no account moved, the server says who did in one word. */}
                  {entry.orgName ? entry.byName : t(`desk.log.by.${entry.byName}`, { defaultValue: entry.byName })}
                </span>{' '}
                <span className="dk-mark">{t(entry.isPublic ? 'desk.log.public' : 'desk.log.internal')}</span>
                {entry.seq === fresh ? <span className="dk-mark dk-mark-fresh">{t('desk.log.fresh')}</span> : null}
              </p>
              {factsOf(entry.data, names).map((fact) => (
                <FactLine key={fact.key} fact={fact} />
              ))}
              <Files files={entry.attachments ?? []} fileUrl={fileUrl} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

const isMilestone = (entry: LoggedEntry): boolean => !['note', 'contact', 'add'].includes(entry.move)

function Files({ files, fileUrl }: { files: NonNullable<LoggedEntry['attachments']>; fileUrl: EntryLogProps['fileUrl'] }) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  return (
    <p className="dk-thumbs">
      {files.map((file, at) => (
        <a key={file.fileId} href={fileUrl(file.fileId, 'full')} target="_blank" rel="noreferrer">
          {file.mediaType.startsWith('image/') ? (
            <img src={fileUrl(file.fileId, 'thumb')} alt={t('desk.files.nth', { n: at + 1 })} loading="lazy" />
          ) : (
            t('desk.files.nth', { n: at + 1 })
          )}
        </a>
      ))}
    </p>
  )
}

function FactLine({ fact }: { fact: Fact }) {
  const { t, i18n } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const labelKey = `desk.entry.${fact.key}`
  const label = i18n.exists(labelKey) ? t(labelKey) : ''
  const valueText = (one: { key: string; text: string }): string => {
    const key = `desk.entryValue.${one.key}.${one.text}`
    return i18n.exists(key) ? t(key) : one.text
  }
  if (fact.kind === 'words') return <q className="dk-quote">{fact.text}</q>
  // An unlabelled code says nothing to a person; the record itself keeps it.
  if (label === '') return null
  const value =
    fact.kind === 'time'
      ? time.moment(fact.at, now)
      : fact.kind === 'yesNo'
        ? t(fact.yes ? 'desk.form.yes' : 'desk.form.no')
        : valueText(fact)
  return (
    <p className="dk-fact">
      {label} <span>{value}</span>
    </p>
  )
}
