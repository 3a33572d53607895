import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { placeDutiesQuery } from '../duties/queries.ts'

interface AskedDutiesProps {
  areaId: string
  category: string
  /** Takes a clause over as the ground. */
  onCite(clause: string): void
}

/** What the duty lists say of a community and a category, while the request is still being written. */
export function AskedDuties({ areaId, category, onCite }: AskedDutiesProps) {
  const { t } = useTranslation()
  const { data: lines } = useQuery(placeDutiesQuery({ area: areaId, category }))
  if (!lines) return null
  if (lines.length === 0) return <p className="dk-note">{t('assistance.notListed')}</p>
  return (
    <ul className="wb-plain" role="status">
      {lines.map((line) => (
        <li key={line.dutyId} className={line.standing === 'withdrawn' ? 'dk-error' : 'dk-note'}>
          {t(line.standing === 'withdrawn' ? 'assistance.lineWithdrawn' : 'assistance.line', {
            list: t(`duties.lists.${line.standing}`),
            clauseNo: line.clauseNo,
            clause: line.clause,
            org: line.orgName,
          })}{' '}
          {line.standing === 'withdrawn' ? null : (
            <button type="button" className="dk-link" onClick={() => onCite(`${line.clauseNo} ${line.clause}`)}>
              {t('assistance.cite')}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
