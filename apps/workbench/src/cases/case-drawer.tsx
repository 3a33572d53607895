import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Me } from '../api/queries.ts'
import { CasePanel } from './case-panel.tsx'

/** The case at the right of its table; the columns that matter (clock, subject) stay readable beside it. */
export function CaseDrawer({ caseId, me, onClose }: { caseId: string; me: Me; onClose(): void }) {
  const { t } = useTranslation()
  return (
    <Drawer open onClose={onClose} size="min(46rem, 100vw)" className="wb-drawer" title={t('list.case')}>
      <CasePanel caseId={caseId} me={me} />
    </Drawer>
  )
}
