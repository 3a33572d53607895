import { ClockBadge, KindStamp, Sep, useDefinitionText, useHolderText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { Matter } from '../api/read-wall.ts'

/** One matter as a wall may show it. `received` puts the time it came in where its clock would stand. */
export function MatterLine({ matter, received = false }: { matter: Matter; received?: boolean }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const holderText = useHolderText()
  return (
    <div className="sc-matter" data-case={matter.number}>
      <KindStamp kind={matter.kind} />
      <p className="sc-matter-title">
        {matter.isSealed
          ? t('matters.sealed')
          : matter.category
            ? text(`category.${matter.category}`, matter.categoryName ?? matter.category)
            : t('matters.unsorted', { kind: t(`desk.kind.${matter.kind}`) })}
      </p>
      <p className="sc-matter-time">
        {!received && matter.clock ? <ClockBadge clock={matter.clock} quiet /> : <span>{time.ago(matter.openedAt, now)}</span>}
      </p>
      <p className="sc-matter-where">
        <span lang="zh-CN">{matter.communityName}</span>
        <Sep />
        <span className="sc-number">{matter.number}</span>
        <Sep />
        {text(`stage.${matter.stage}`, matter.stageName)}
        {matter.status === 'open' ? (
          <>
            <Sep />
            <span lang={matter.held.by === 'main' ? 'zh-CN' : undefined}>{holderText(matter)}</span>
          </>
        ) : null}
      </p>
    </div>
  )
}
