import './words.ts'
import { Basis, type Column, DataTable, useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Me, meQuery, type SceneRow, scenesQuery } from '../api/queries.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { SwitchDialog, type Switched } from './switch-dialog.tsx'

export function ScenesPage() {
  const { data: me } = useQuery(meQuery)
  return me ? <Scenes me={me} /> : <Waiting />
}

/** Which fields of work are on where, who decided it and why; and the decision itself, for whoever may make it. */
function Scenes({ me }: { me: Me }) {
  const { t } = useTranslation()
  const scenes = useQuery(scenesQuery)
  return (
    <div className="wb-page">
      <PageHead title={t('scenes.title')} note={t('scenes.text')} />
      {scenes.isPending ? <Waiting /> : null}
      {scenes.error && !scenes.data ? <Problem error={scenes.error} retry={() => void scenes.refetch()} /> : null}
      {scenes.data?.map((scene) => (
        <ScenePanel key={scene.key} scene={scene} me={me} />
      ))}
    </div>
  )
}

type Decision = SceneRow['switches'][number]

function ScenePanel({ scene, me }: { scene: SceneRow; me: Me }) {
  const { t } = useTranslation()
  const name = useSceneName()(scene)
  const columns = useColumns()
  const [asked, setAsked] = useState<{ areaId: string; areaName: string } | 'any'>()
  const [done, setDone] = useState<Switched>()
  const place = me.actingPost ? { areaId: me.actingPost.areaId, name: me.actingPost.areaName } : undefined
  // The basis is written as `where: what`, like the basis of everything else.
  const [clause, ...sentence] = scene.because.split(':')
  const maySwitch = may(me, 'scene.switch') && place !== undefined
  const open = (decision?: Decision) => {
    setDone(undefined)
    setAsked(decision ?? 'any')
  }
  const act: Column<Decision> = {
    key: 'act',
    head: '',
    width: '9rem',
    align: 'end',
    cell: (row) => (
      <button type="button" className="dk-button dk-button-small" onClick={() => open(row)}>
        {t(row.isOn ? 'scenes.off' : 'scenes.onAgain')}
        <span className="dk-visually-hidden"> {row.areaName}</span>
      </button>
    ),
  }
  return (
    <section className="wb-panel wb-scene" aria-label={name}>
      <div className="wb-scene-head">
        <div>
          <h2>{name}</h2>
          <p>
            {place ? t(scene.isOn ? 'scenes.isOn' : 'scenes.isOff', { area: place.name }) : ''}
            {scene.switches.some((one) => one.areaId !== place?.areaId && one.isOn !== scene.isOn) ? t('scenes.except') : null}
          </p>
        </div>
        {maySwitch ? (
          <button type="button" className="dk-button dk-button-primary" onClick={() => open()}>
            {t('scenes.change')}
          </button>
        ) : null}
      </div>
      <Basis clause={sentence.length > 0 ? clause : t('scenes.because')}>{sentence.length > 0 ? sentence.join(':') : clause}</Basis>
      <p role="status" className="wb-scene-done">
        {done ? t(done.isOn ? 'scenes.doneOn' : 'scenes.doneOff', { area: done.areaName, scene: name }) : ''}
      </p>
      {scene.switches.length > 0 ? (
        <div className="wb-table-panel">
          <DataTable
            caption={t('scenes.decisions')}
            columns={maySwitch ? [...columns, act] : columns}
            rows={scene.switches}
            rowId={(row) => row.areaId}
            selected={done?.areaId}
            empty={<Nothing title={t('scenes.none')} />}
          />
        </div>
      ) : (
        <p className="dk-note">{t('scenes.none')}</p>
      )}
      {asked && place ? (
        <SwitchDialog
          scene={scene}
          sceneName={name}
          place={place}
          asked={asked === 'any' ? undefined : { id: asked.areaId, label: asked.areaName }}
          onClose={() => setAsked(undefined)}
          onDone={(switched) => {
            setAsked(undefined)
            setDone(switched)
          }}
        />
      ) : null}
    </section>
  )
}

function useColumns(): Column<Decision>[] {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  return [
    { key: 'area', head: t('scenes.area'), width: '12rem', cell: (row) => <span className="wb-cell-main">{row.areaName}</span> },
    { key: 'state', head: t('scenes.state'), width: '7rem', cell: (row) => t(row.isOn ? 'scenes.on' : 'scenes.stateOff') },
    { key: 'reason', head: t('scenes.reason'), cell: (row) => row.reason },
    { key: 'who', head: t('scenes.who'), width: '9rem', cell: (row) => row.byName ?? '—' },
    {
      key: 'at',
      head: t('scenes.at'),
      width: '10rem',
      cell: (row) => <time dateTime={row.madeAt}>{time.moment(row.madeAt, now)}</time>,
    },
  ]
}

function useSceneName(): (scene: SceneRow) => string {
  const isEnglish = useLanguage() === 'en'
  return ({ name, nameEn }) => (isEnglish ? nameEn : name)
}
