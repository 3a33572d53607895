import { Dialog, Field, Icon } from '@linli/ui/touch'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import type { HomeArea } from '../kept/home-area.ts'
import { useCommunities } from './use-areas.ts'

export interface AreaPickerProps {
  open: boolean
  chosen: HomeArea | null | undefined
  onClose(): void
  onChoose(area: HomeArea): void
}

/** All communities by township, with a search by any part of the name. */
export function AreaPicker({ open, chosen, onClose, onChoose }: AreaPickerProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useCommunities(open)
  const [wanted, setWanted] = useState('')
  const found = data?.filter((area) => `${area.township}${area.name}`.includes(wanted.trim())) ?? []
  const townships = [...new Set(found.map((area) => area.township))]
  return (
    <Dialog title={t('area.title')} open={open} onClose={onClose} full>
      {(data?.length ?? 0) > 6 ? (
        <Field label={t('area.search')} hint={t('area.searchHint')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="search"
              value={wanted}
              onChange={(event) => setWanted(event.target.value)}
              autoComplete="off"
            />
          )}
        </Field>
      ) : null}
      {error ? (
        <>
          <p role="alert">{problemWords(error, t)}</p>
          <button type="button" className="btn" onClick={() => void refetch()}>
            {t('app.retry')}
          </button>
        </>
      ) : null}
      {data && found.length === 0 ? <p className="second">{t(wanted ? 'area.none' : 'area.empty')}</p> : null}
      {townships.map((township) => (
        <section className="section" key={township}>
          {township ? <h3>{township}</h3> : null}
          <ul className="sheet rows">
            {found
              .filter((area) => area.township === township)
              .map((area) => (
                <li key={area.areaId}>
                  <button
                    type="button"
                    className="row"
                    aria-current={area.areaId === chosen?.areaId || undefined}
                    onClick={() => {
                      onChoose({ areaId: area.areaId, code: area.code, name: area.name })
                      onClose()
                    }}
                  >
                    <span className="row-text row-title">{area.name}</span>
                    {area.areaId === chosen?.areaId ? <Icon of={Check} /> : null}
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Dialog>
  )
}
