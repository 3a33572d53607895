import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErasureNote } from './erasure-note.tsx'
import { PersonHistory } from './person-history.tsx'
import { Part } from './person-part.tsx'
import type { PersonFile } from './queries.ts'

/** What is left of an erased file: that it was there, on which ground and by whom it was erased, when it was changed and who had looked. */
export function ErasedFile({ person: { personId, community, erasure } }: { person: PersonFile }) {
  const { t } = useTranslation()
  return (
    <div className="wb-page wb-person">
      <header className="wb-page-head">
        <div>
          <p className="dk-meta">
            <Link to="/persons" search={{}}>
              {t('persons.title')}
            </Link>
          </p>
          <h1>{t('persons.erasedTitle')}</h1>
          <p className="dk-note">{community.name}</p>
        </div>
      </header>
      <p className="wb-info">{t('persons.erasedText')}</p>
      <div className="wb-person-grid">
        {erasure ? (
          <Part title={t('persons.status.erased')}>
            <ErasureNote erasure={erasure} />
          </Part>
        ) : null}
        <PersonHistory personId={personId} />
      </div>
    </div>
  )
}
