import { useLanguage, useTimeWords } from '@linli/ui/text'
import { Icon } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { Bell, ClipboardList } from 'lucide-react'
import type { ReactNode } from 'react'
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
            <li key={item.id}>
              <Whole kind={kind} id={item.id}>
                <Line item={item} lang={lang} />
              </Whole>
            </li>
          ))}
        </ul>
      </Section>
    ))
}

/** The page that shows the whole of a line, of the kinds that have one here. */
function Whole({ kind, id, children }: { kind: string; id: string; children: ReactNode }): ReactNode {
  if (kind === 'alarm')
    return (
      <Link to="/alarms/$episodeId" params={{ episodeId: id }} className="row">
        <Icon of={Bell} />
        {children}
      </Link>
    )
  if (kind === 'case')
    return (
      <Link to="/cases/$caseId" params={{ caseId: id }} className="row">
        <Icon of={ClipboardList} />
        {children}
      </Link>
    )
  return <div className="row">{children}</div>
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
