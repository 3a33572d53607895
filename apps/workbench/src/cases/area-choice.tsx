import { call } from '@linli/ui/client'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

const belowQuery = (parent: string) =>
  queryOptions({
    queryKey: ['areas-below', parent],
    queryFn: async ({ signal }) =>
      (await call('GET /public/areas', { query: { parent } }, signal)).items.filter(({ kind }) => kind !== 'micro_cell'),
    staleTime: 60 * 60_000,
  })

interface AreaChoiceProps {
  root: { areaId: string; name: string }
  /** From below the root down to the one that is chosen. */
  way: readonly { areaId: string }[]
  onChoose(areaId: string | undefined): void
}

/** An area below one's own, level by level: each choice opens the next list, and its first line goes back up. */
export function AreaChoice({ root, way, onChoose }: AreaChoiceProps) {
  const line = [root, ...way]
  return (
    <div className="wb-area-choice">
      {line.map(({ areaId }, depth) => (
        <AreaBelow
          key={areaId}
          parent={areaId}
          depth={depth}
          chosen={way[depth]?.areaId}
          onChoose={(next) => onChoose(next ?? (depth === 0 ? undefined : areaId))}
        />
      ))}
    </div>
  )
}

interface AreaBelowProps {
  parent: string
  depth: number
  chosen: string | undefined
  onChoose(areaId: string | undefined): void
}

function AreaBelow({ parent, depth, chosen, onChoose }: AreaBelowProps) {
  const { t } = useTranslation()
  const { data: areas = [] } = useQuery(belowQuery(parent))
  if (areas.length === 0) return null
  return (
    <select
      className="dk-input"
      aria-label={t('lists.areaBelow', { depth: depth + 1 })}
      value={chosen ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
    >
      <option value="">{t(depth === 0 ? 'lists.wholeArea' : 'lists.allBelow')}</option>
      {areas.map((area) => (
        <option key={area.areaId} value={area.areaId}>
          {area.name}
        </option>
      ))}
    </select>
  )
}
