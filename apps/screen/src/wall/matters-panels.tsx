import { useTranslation } from 'react-i18next'
import type { Reading } from '../api/freshness.ts'
import type { ListQuery, Matters, MattersOfWall, Place } from '../api/read-wall.ts'
import { MatterLine } from './matter-line.tsx'
import type { Open } from './opened.ts'
import { Panel } from './panel.tsx'

interface MattersPanelsProps {
  reading: Reading<MattersOfWall>
  place: Place | undefined
  now: number
  onOpen: Open
}

/** Kinds stand side by side in these lists, each line with its stamp; they are never counted together. */
export function MattersPanels({ reading, place, now, onOpen }: MattersPanelsProps) {
  const { t } = useTranslation()
  const { data } = reading
  const all = (figure: ListQuery['figure'], matters: Matters | undefined) =>
    place && matters && matters.items.length > 0 ? (
      <button type="button" className="sc-plain" aria-haspopup="dialog" onClick={() => onOpen({ figure, place })}>
        {t('matters.all')}
        <span className="dk-visually-hidden"> {t(`figure.${figure}`)}</span>
      </button>
    ) : null
  return (
    <>
      <Panel name="overdue" title={t('matters.overdue')} reading={reading} now={now} tool={all('overdue', data?.overdue)}>
        <List matters={data?.overdue} none={t('matters.noOverdue')} />
      </Panel>
      <Panel name="supervised" title={t('matters.supervised')} reading={reading} now={now} tool={all('supervised', data?.supervised)}>
        <List matters={data?.supervised} none={t('matters.noSupervised')} />
      </Panel>
      <Panel name="latest" title={t('matters.latest')} reading={reading} now={now} tool={all('received', data?.latest)}>
        <List matters={data?.latest} none={t('matters.noLatest')} received />
      </Panel>
    </>
  )
}

function List({ matters, none, received = false }: { matters: Matters | undefined; none: string; received?: boolean }) {
  if (!matters) return null
  if (matters.items.length === 0) return <p className="sc-note sc-none">{none}</p>
  return (
    <ul className="sc-matters sc-fitting">
      {matters.items.map((matter) => (
        <li key={matter.caseId}>
          <MatterLine matter={matter} received={received} />
        </li>
      ))}
    </ul>
  )
}
