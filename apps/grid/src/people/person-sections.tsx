import { useLanguage, useTimeWords } from '@linli/ui/text'
import { Icon } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import { Section } from '../frame/section.tsx'
import type { PersonFile } from './along.ts'

type Item = PersonFile['sections'][number]['items'][number]

/** What other engines know of the person, as far as this post sees it; a section with nothing in it is not worth a screen of a phone. */
export function PersonSections({ sections }: { sections: PersonFile['sections'] }) {
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  return sections
    .filter(({ items }) => items.length > 0)
    .map(({ key, name, kind, items }) => (
      <Section key={key} title={name[lang]}>
        <ul className="sheet rows">
          {items.map((item) => (
            <li key={item.id} {...(kind === 'alarm' ? {} : { className: 'row' })}>
              {kind === 'alarm' ? (
                <Link to="/alarms/$episodeId" params={{ episodeId: item.id }} className="row">
                  <Icon of={Bell} />
                  <Line item={item} lang={lang} />
                </Link>
              ) : (
                <Line item={item} lang={lang} />
              )}
            </li>
          ))}
        </ul>
      </Section>
    ))
}

function Line({ item: { title, at, note, state }, lang }: { item: Item; lang: 'zh' | 'en' }) {
  const time = useTimeWords()
  return (
    <>
      <span className="row-text">
        <span className="row-title">{title[lang]}</span>
        <span className="quiet">{[at ? time.moment(at, Date.now()) : '', note].filter(Boolean).join(' · ')}</span>
      </span>
      {state ? <span className="row-end quiet">{state[lang]}</span> : null}
    </>
  )
}
