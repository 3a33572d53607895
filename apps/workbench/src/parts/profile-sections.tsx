import '../persons/words.ts'
import '../signals/words.ts'
import '../styles/signals.css'
import { useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Part } from '../persons/person-part.tsx'
import type { PersonFile } from '../persons/queries.ts'
import { LevelMark } from '../signals/level-mark.tsx'

type Section = PersonFile['sections'][number]
type Item = Section['items'][number]

/** What other engines know of a person, a dwelling or a device, each section as it came: the page knows none of them, only where a kind of line is shown whole. */
export function ProfileSections({ sections }: { sections: readonly Section[] }) {
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const { t } = useTranslation()
  return sections.map((section) => (
    <Part key={section.key} title={section.name[lang]}>
      {section.items.length === 0 ? <p className="dk-note">{section.none[lang]}</p> : null}
      <ol className="wb-plain">
        {section.items.map((item) => (
          <li key={item.id}>
            <SectionItem kind={section.kind} item={item} lang={lang} />
          </li>
        ))}
      </ol>
      {section.hasMore ? <p className="dk-note">{t('persons.sectionGoesOn', { count: section.items.length })}</p> : null}
    </Part>
  ))
}

function SectionItem({ kind, item, lang }: { kind: string; item: Item; lang: 'zh' | 'en' }) {
  const time = useTimeWords()
  const now = useNow()
  const times = item.marks.map(({ name, at }) => `${name[lang]} ${time.moment(at, now)}`)
  const facts = [item.at ? time.moment(item.at, now) : '', ...times, item.note].filter(Boolean)
  return (
    <>
      {item.level ? <LevelMark level={item.level} /> : null} <Whole kind={kind} id={item.id} text={<Title of={item.title} lang={lang} />} />{' '}
      {item.state?.[lang]}
      <span className="dk-meta wb-block">{facts.join(' · ')}</span>
    </>
  )
}

/** What somebody wrote has no translation. */
const Title = ({ of, lang }: { of: Item['title']; lang: 'zh' | 'en' }) => (
  <span {...(of.zh === of.en && { lang: 'zh-CN' })}>{of[lang]}</span>
)

/** The page that shows the whole of a line; of a kind that has none here, its name alone. */
function Whole({ kind, id, text }: { kind: string; id: string; text: ReactNode }): ReactNode {
  if (kind === 'alarm')
    return (
      <Link to="/alarms" search={{ alarm: id }} className="dk-link">
        {text}
      </Link>
    )
  if (kind === 'device')
    return (
      <Link to="/devices" search={{ device: id }} className="dk-link">
        {text}
      </Link>
    )
  if (kind === 'case')
    return (
      <Link to="/cases/$caseId" params={{ caseId: id }} className="dk-link">
        {text}
      </Link>
    )
  return <b>{text}</b>
}
