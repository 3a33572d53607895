import { call } from '@linli/ui/client'
import { EntryLog, Reveal, Sep, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FileText } from 'lucide-react'
import { Fragment, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { fileUrl } from '../api/file-url.ts'
import { type CaseView, categoriesQuery, type Entry, entriesQuery, type Me } from '../api/queries.ts'
import { Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { Similar } from './similar.tsx'
import { Suggestion } from './suggestion.tsx'
import { Dispute, Merged, Tasks } from './together.tsx'

interface CaseBodyProps {
  caseFile: CaseView
  me: Me
  fresh?: number | undefined
  isTitle: boolean
  /** Opens the dispatch dialog to choose another unit. */
  onOtherUnit(move: string): void
}

/** What the resident said, where, who, the suggestion where one is due, and the whole log. */
export function CaseBody({ caseFile, me, fresh, isTitle, onOtherUnit }: CaseBodyProps) {
  const headingId = useId()
  const log = useQuery(entriesQuery(caseFile.caseId))
  const text = useDefinitionText()
  const { data: categories } = useQuery(categoriesQuery)
  const names = useMemo(
    () =>
      new Map([
        ...caseFile.parties.map((party) => [party.orgId, party.name] as const),
        ...(categories?.items ?? []).map((category) => [category.key, text(`category.${category.key}`, category.name)] as const),
      ]),
    [caseFile.parties, categories, text],
  )
  const dispatch = caseFile.moves.find((move) => move.form?.fields.some((field) => field.type === 'organization'))
  return (
    <div className="wb-case-body">
      <blockquote className="wb-words">{caseFile.detail}</blockquote>
      <Facts caseFile={caseFile} me={me} />
      <Pictures caseFile={caseFile} later={log.data?.items ?? []} />
      {caseFile.rating ? <Rating caseFile={caseFile} /> : null}
      <Merged caseFile={caseFile} />
      <Similar caseFile={caseFile} me={me} heading={isTitle ? 'h2' : 'h3'} />
      <Dispute caseFile={caseFile} heading={isTitle ? 'h2' : 'h3'} />
      <Tasks caseFile={caseFile} heading={isTitle ? 'h2' : 'h3'} />
      {dispatch?.primary && may(me, 'cases.dispatch') ? (
        <Suggestion caseId={caseFile.caseId} onOtherUnit={() => onOtherUnit(dispatch.key)} />
      ) : null}
      {log.data ? (
        <EntryLog
          entries={log.data.items}
          headingId={headingId}
          fileUrl={(fileId, size) => fileUrl(caseFile.caseId, fileId, size)}
          names={names}
          level={isTitle ? 2 : 3}
          fresh={fresh}
        />
      ) : null}
      {log.isPending ? <Waiting rows={4} /> : null}
      {log.error && !log.data ? <Problem error={log.error} retry={() => void log.refetch()} /> : null}
    </div>
  )
}

function Facts({ caseFile, me }: { caseFile: CaseView; me: Me }) {
  const { t, i18n } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const { data: categories } = useQuery(categoriesQuery)
  const category = categories?.items.find((one) => one.key === caseFile.category)?.name ?? caseFile.category
  const channelKey = `desk.entryValue.channel.${caseFile.channel}`
  // A call-out has no category, only more or less haste.
  const known = [
    category ? text(`category.${caseFile.category}`, category) : caseFile.kind === 'callOut' ? undefined : t('case.noCategory'),
    caseFile.appealType ? t(`desk.entryValue.appealType.${caseFile.appealType}`) : undefined,
    caseFile.level ? t(`desk.entryValue.level.${caseFile.level}`, { defaultValue: caseFile.level }) : undefined,
  ].filter((words) => words !== undefined)
  return (
    <dl className="wb-facts">
      <div>
        <dt>{t('case.place')}</dt>
        <dd>
          {caseFile.place ?? t('case.noPlace')}{' '}
          <span className="dk-meta">
            {caseFile.communityName}
            {caseFile.cellName ? ` ${caseFile.cellName}` : ''}
          </span>
        </dd>
      </div>
      {caseFile.requesterName ? (
        <div>
          <dt>{t('case.requester')}</dt>
          <dd>{caseFile.requesterName}</dd>
        </div>
      ) : (
        <div>
          <dt>{t('case.reporter')}</dt>
          <dd>
            <Reporter caseFile={caseFile} me={me} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('case.came')}</dt>
        <dd>
          {time.moment(caseFile.openedAt, now)}
          <Sep />
          {i18n.exists(channelKey) ? t(channelKey) : caseFile.channel}
        </dd>
      </div>
      <div>
        <dt>{t(caseFile.kind === 'callOut' ? 'case.level' : 'case.category')}</dt>
        <dd>
          {known.map((words, at) => (
            <Fragment key={words}>
              {at > 0 ? <Sep /> : null}
              {words}
            </Fragment>
          ))}
        </dd>
      </div>
      <Subjects caseFile={caseFile} />
      <Duty caseFile={caseFile} />
    </dl>
  )
}

/** What it is about, as whoever reported it said; named as far as this post sees it. */
function Subjects({ caseFile: { subjects } }: { caseFile: CaseView }) {
  const { t } = useTranslation()
  if (subjects.length === 0) return null
  return (
    <div>
      <dt>{t('case.subjects')}</dt>
      <dd>
        {subjects.map((subject) => (
          <span key={subject.id} className="wb-block">
            {t(`case.subject.${subject.kind}`)} <SubjectName subject={subject} />
          </span>
        ))}
      </dd>
    </div>
  )
}

function SubjectName({ subject: { kind, id, name } }: { subject: CaseView['subjects'][number] }) {
  const { t } = useTranslation()
  if (name === null) return t('case.unseenSubject')
  const text = <span lang="zh-CN">{name}</span>
  if (kind === 'person')
    return (
      <Link to="/persons/$personId" params={{ personId: id }} className="dk-link">
        {text}
      </Link>
    )
  if (kind === 'dwelling')
    return (
      <Link to="/dwellings/$addressId" params={{ addressId: id }} className="dk-link">
        {text}
      </Link>
    )
  return (
    <Link to="/devices" search={{ device: id }} className="dk-link">
      {text}
    </Link>
  )
}

/** By which line of the duty lists it was sent or asked; it opens there. */
function Duty({ caseFile: { duty, kind } }: { caseFile: CaseView }) {
  const { t } = useTranslation()
  if (!duty && kind !== 'assistance') return null
  return (
    <div>
      <dt>{t('case.duty')}</dt>
      <dd>
        {duty ? (
          <Link to="/duties" search={{ duty: duty.dutyId, ever: 'true' }}>
            {t(`duties.lists.${duty.standing}`)} {duty.clauseNo} {duty.clause}
          </Link>
        ) : (
          t('case.noDuty')
        )}
      </dd>
    </div>
  )
}

/** Masked; opened inline for a stated reason, where the post may. A tip-off's reporter is never shown to handlers. */
function Reporter({ caseFile, me }: { caseFile: CaseView; me: Me }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const { name, phone, agent, sealed } = caseFile.reporter
  const through = (who: string) => t('case.agent', { name: who, relation: t(`relation.${agent?.relation ?? 'other'}`) })
  if (sealed) return <>{t('case.sealed')}</>
  if (!name && !phone) return <>{t('case.noContact')}</>
  const masked = [name, phone, agent ? through(agent.name) : null].filter(Boolean).join(' ')
  if (!may(me, 'cases.reveal')) return <span className="dk-masked">{masked}</span>
  return (
    <Reveal
      key={caseFile.caseId}
      masked={masked}
      what={t('case.contact')}
      reasons={[t('case.reasons.handle', { tail: caseFile.number.slice(-5) }), t('case.reasons.check'), t('case.reasons.followUp')]}
      ask={async (reason) => {
        const body = { reason, fields: ['name', 'phone', ...(agent ? ['agent' as const] : [])] as ('name' | 'phone' | 'agent')[] }
        const { values, secondsShown } = await call('POST /cases/:caseId/reveal', { params: { caseId: caseFile.caseId }, body }).catch(
          (error: unknown) => {
            throw new Error(words(error))
          },
        )
        return {
          shown: [values.name, values.phone, values.agent ? through(values.agent) : null].filter(Boolean).join(' ') || t('case.noContact'),
          seconds: secondsShown,
        }
      }}
    />
  )
}

/** What came with the report; the files of later steps stand with their entries. */
function Pictures({ caseFile, later }: { caseFile: CaseView; later: readonly Entry[] }) {
  const { t } = useTranslation()
  const elsewhere = new Set(later.filter((entry) => entry.move !== 'open').flatMap((entry) => entry.attachments.map((file) => file.fileId)))
  const files = caseFile.attachments.filter((file) => !elsewhere.has(file.fileId))
  if (files.length === 0) return null
  return (
    <p className="wb-pictures">
      {files.map((file, at) => (
        <a
          key={file.fileId}
          href={fileUrl(caseFile.caseId, file.fileId)}
          target="_blank"
          rel="noreferrer"
          aria-label={t('desk.files.nth', { n: at + 1 })}
        >
          {file.mediaType.startsWith('image/') ? (
            <img src={fileUrl(caseFile.caseId, file.fileId, 'thumb')} alt="" loading="lazy" />
          ) : (
            <FileText size={32} aria-hidden="true" />
          )}
        </a>
      ))}
    </p>
  )
}

function Rating({ caseFile }: { caseFile: CaseView }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const rating = caseFile.rating
  if (!rating) return null
  return (
    <p className="wb-info">
      {t('case.rating', { score: t(`score.${rating.score}`), n: rating.score })}
      <Sep />
      {time.moment(rating.at, now)}
      {rating.text ? <q className="dk-quote">{rating.text}</q> : null}
    </p>
  )
}
