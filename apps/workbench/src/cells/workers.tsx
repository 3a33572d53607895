import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import { useRoleName } from '../session/role-name.ts'
import type { Cell } from './queries.ts'

/** Who is on duty in a cell, and who stands in today (AB岗). */
export function Workers({ workers }: { workers: Cell['workers'] }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const roleName = useRoleName()
  if (workers.length === 0) return <p className="wb-cell-nobody">{t('cells.nobody')}</p>
  return (
    <ul className="wb-cell-workers">
      {workers.map((worker) => (
        <li key={worker.postId}>
          {roleName(worker)} <strong>{worker.name}</strong>
          {worker.deputy ? (
            <span className="dk-note">
              {' '}
              {t('cells.deputy', { name: worker.deputy.name, until: time.date(Date.parse(`${worker.deputy.until}T00:00:00+08:00`)) })}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
