import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/queries.ts'
import { chosenDutiesQuery } from './queries.ts'

/** What the duty lists say of the unit that was chosen, before it is sent: by which clause it answers, or by which one nothing may be sent down to it. */
export function ChosenDuty({ caseFile, orgId }: { caseFile: CaseView; orgId: string }) {
  const { t } = useTranslation()
  const { data: lines } = useQuery({
    ...chosenDutiesQuery({ org: orgId, category: caseFile.category ?? '', area: caseFile.cellId ?? caseFile.communityId }),
    enabled: caseFile.category !== null,
  })
  if (!lines) return null
  const line = lines.find(({ standing }) => standing !== 'withdrawn') ?? lines[0]
  if (!line) return <p className="dk-note">{t('duties.chosen.none')}</p>
  const { clauseNo, clause, document, standing } = line
  return standing === 'withdrawn' ? (
    <p className="dk-error" role="status">
      {t('duties.chosenWithdrawn', { document, clauseNo, clause })}
    </p>
  ) : (
    <p className="dk-note" role="status">
      {t('duties.chosen.named', { clauseNo, clause, list: t(`duties.lists.${standing}`) })}
    </p>
  )
}
