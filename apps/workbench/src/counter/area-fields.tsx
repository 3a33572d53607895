import { call } from '@linli/ui/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../api/queries.ts'
import type { Intake } from './intake-form.ts'

const useChildren = (parent: string | undefined) =>
  useQuery({
    queryKey: ['areas', parent],
    queryFn: ({ signal }) => call('GET /public/areas', { query: { parent: parent ?? '' } }, signal),
    enabled: parent !== undefined,
    staleTime: 60 * 60_000,
  })

interface AreaFieldsProps {
  me: Me
  intake: Intake
  onChange(part: Partial<Intake>): void
  invalid: boolean
}

/** Community, then cell where it is known: only places of the post's own area. */
export function AreaFields({ me, intake, onChange, invalid }: AreaFieldsProps) {
  const { t } = useTranslation()
  const post = me.actingPost
  const isTownship = post?.areaLevel === 'township'
  const below = useChildren(isTownship ? post.areaId : undefined)
  const communities = isTownship
    ? (below.data?.items ?? []).filter((area) => area.level === 'community')
    : post && (post.areaLevel === 'community' || post.areaLevel === 'cell')
      ? [{ areaId: post.areaId, code: post.areaCode, name: post.areaName }]
      : []
  const only = communities.length === 1 ? communities[0] : undefined
  const chosen = communities.find((area) => area.code === intake.communityCode)
  const cells = useChildren(post?.areaLevel === 'cell' ? undefined : chosen?.areaId)
  useEffect(() => {
    if (only && intake.communityCode !== only.code) onChange({ communityCode: only.code, cellCode: '' })
  }, [only, intake.communityCode, onChange])
  return (
    <div className="wb-pair">
      <select
        name="communityCode"
        className="dk-input"
        aria-label={t('intake.community')}
        aria-required="true"
        aria-invalid={invalid || undefined}
        value={intake.communityCode}
        onChange={(event) => onChange({ communityCode: event.currentTarget.value, cellCode: '' })}
      >
        <option value="">{t('intake.chooseCommunity')}</option>
        {communities.map((area) => (
          <option key={area.code} value={area.code}>
            {area.name}
          </option>
        ))}
      </select>
      <select
        name="cellCode"
        className="dk-input"
        aria-label={t('intake.cell')}
        value={intake.cellCode}
        disabled={!cells.data?.items.length}
        onChange={(event) => onChange({ cellCode: event.currentTarget.value })}
      >
        <option value="">{t('intake.anyCell')}</option>
        {cells.data?.items.map((area) => (
          <option key={area.code} value={area.code}>
            {area.name}
          </option>
        ))}
      </select>
    </div>
  )
}
