import { ClockBadge, KindStamp, Sep, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { Matter } from '../api/read-wall.ts'

/** One matter as a wall may show it. `received` puts the time it came in where its clock would stand. */
export function MatterLine({ matter, received = false }: { matter: Matter; received?: boolean }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  return (
    <div className="sc-matter" data-case={matter.number}>
      <KindStamp kind={matter.kind} />
      <p className="sc-matter-title">{matter.isSealed ? t('matters.sealed') : <span lang="zh-CN">{matter.title}</span>}</p>
      <p className="sc-matter-time">
        {!received && matter.clock ? <ClockBadge clock={matter.clock} quiet /> : <span>{time.ago(matter.openedAt, now)}</span>}
      </p>
      <p className="sc-matter-where">
        <span lang="zh-CN">{matter.communityName}</span>
        <Sep />
        {text(`stage.${matter.stage}`, matter.stageName)}
        {matter.status === 'open' ? (
          <>
            <Sep />
            <span lang="zh-CN">{matter.holder}</span>
          </>
        ) : null}
      </p>
    </div>
  )
}
