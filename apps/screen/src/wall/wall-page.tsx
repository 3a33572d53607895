import { call, isSignedOut } from '@linli/ui/client'
import { NowProvider } from '@linli/ui/desk'
import { useLanguage } from '@linli/ui/text'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me, Place } from '../api/read-wall.ts'
import { useWall } from '../api/use-wall.ts'
import { AlarmDialog } from './alarm-dialog.tsx'
import { AlarmsPanel, MapPanel } from './alarms-panels.tsx'
import { AreasPanel } from './areas-panel.tsx'
import { KindsPanel } from './kinds-panel.tsx'
import { MattersPanels } from './matters-panels.tsx'
import type { Opened } from './opened.ts'
import { RatesPanel } from './rates-panel.tsx'
import { RowsDialog } from './rows-dialog.tsx'
import { Top } from './top.tsx'
import { useArea } from './use-area.ts'
import { useRest } from './use-rest.ts'

interface WallPageProps {
  me: Me
  endsAt: number
  onSignedOut(): void
  onClosed(): void
}

const lookEvery = 5_000

export function WallPage({ me, endsAt, onSignedOut, onClosed }: WallPageProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [area, setArea] = useArea()
  const [opened, setOpened] = useState<Opened>()
  const [alarm, setAlarm] = useState<string>()
  const now = useLocalNow()
  const seesAlarms = me.permissions.includes('signals.read')
  const { counts, matters, rates, alarms, outlines } = useWall(area, seesAlarms, onSignedOut)
  const own = me.actingPost?.areaId
  const place = counts.data?.area
  const rest = useCallback(() => {
    setOpened(undefined)
    setAlarm(undefined)
    setArea(undefined)
  }, [setArea])
  useRest(rest)
  const go = (next: Pick<Place, 'areaId'>) => setArea(next.areaId === own ? undefined : next.areaId)
  const close = async () => {
    try {
      await call('DELETE /sessions/wall', {})
    } catch (error) {
      // Not closed is not closed: the page stays as long as the session does.
      if (!isSignedOut(error)) return
    }
    onClosed()
  }
  useEffect(() => {
    document.title = t('wall.title', { place: place?.name ?? me.actingPost?.areaName ?? '' })
  }, [t, place?.name, me.actingPost?.areaName])
  const offset =
    counts.data && counts.contactAt !== undefined ? Date.parse(counts.data.asOf) - counts.contactAt : Date.parse(me.now) - Date.now()
  return (
    <NowProvider offset={useSteady(offset)}>
      <div className="sc-wall" lang={language}>
        <Top me={me} endsAt={endsAt} reading={counts} now={now} onGo={go} onClose={() => void close()} />
        <main className="sc-grid">
          <div className="sc-column">
            <KindsPanel reading={counts} now={now} onOpen={setOpened} />
            <RatesPanel kind="appeal" reading={rates} place={place} now={now} onOpen={setOpened} />
            <RatesPanel kind="event" reading={rates} place={place} now={now} onOpen={setOpened} />
          </div>
          <div className="sc-column">
            {seesAlarms ? (
              <MapPanel reading={alarms} outlines={outlines.data} opened={alarm} isDemo={me.demo} now={now} onOpen={setAlarm} onGo={go} />
            ) : null}
            <AreasPanel reading={counts} now={now} onOpen={setOpened} onGo={go} />
          </div>
          <div className="sc-column">
            {seesAlarms ? <AlarmsPanel reading={alarms} now={now} onOpen={setAlarm} /> : null}
            <MattersPanels reading={matters} place={place} now={now} onOpen={setOpened} />
          </div>
        </main>
        {alarm ? (
          <AlarmDialog alarm={alarms.data?.items.find((one) => one.episodeId === alarm)} onClose={() => setAlarm(undefined)} />
        ) : null}
        {opened ? (
          <RowsDialog
            opened={opened}
            isOwnArea={opened.place.areaId === own}
            onClose={() => setOpened(undefined)}
            onSignedOut={onSignedOut}
          />
        ) : null}
      </div>
    </NowProvider>
  )
}

/** This page's own clock, looked at often enough that nothing stays black that should be grey. */
function useLocalNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), lookEvery)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Answers take a moment to arrive, each a different one; only a clock that was set moves what is drawn. */
function useSteady(offset: number): number {
  const [steady, setSteady] = useState(offset)
  if (Math.abs(offset - steady) > 2_000) setSteady(offset)
  return Math.abs(offset - steady) > 2_000 ? offset : steady
}
