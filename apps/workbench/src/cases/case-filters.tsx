import { call } from '@linli/ui/client'
import { PickList, type PickSource } from '@linli/ui/desk'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../api/kinds.ts'
import { Choice, DayField } from '../lists/choice.tsx'
import { AreaChoice } from './area-choice.tsx'
import { type CaseSearch, withStatus } from './case-filter.ts'
import { type Terms, useOptions } from './case-terms.ts'

const organizations: PickSource = async (words, signal) => {
  const { items } = await call('GET /organizations', { query: words.trim() ? { q: words.trim() } : {} }, signal)
  return items.map((org) => ({ id: org.orgId, label: org.name, note: org.areaName }))
}

interface CaseFiltersProps {
  id: string
  kind: Kind
  queue: string
  search: CaseSearch
  terms: Terms | undefined
  root: { areaId: string; name: string } | null
  /** A post of a line sees its files by deadline only, and all of them are its own. */
  isLine: boolean
  onChange(change: CaseSearch): void
}

/** Everything that a list of cases can be narrowed to; each choice holds at once and stands in the address. */
export function CaseFilters({ id, kind, queue, search, terms, root, isLine, onChange }: CaseFiltersProps) {
  const { t } = useTranslation()
  const own = useId()
  const options = useOptions(kind, terms)
  const choose = (change: CaseSearch) => onChange(withStatus(change, search))
  const select = (key: keyof typeof options, none?: string) => (
    <Choice
      key={key}
      label={t(`lists.labels.${key}`)}
      value={search[key]}
      options={options[key]}
      {...(none ? { none } : {})}
      onChoose={(value) => choose({ [key]: value })}
    />
  )
  return (
    <div id={id} className="wb-filters" role="group" aria-label={t('lists.filters')}>
      {queue === 'all' ? select('status', t('list.queues.area.all')) : null}
      {select('stage')}
      {select('category')}
      {options.level.length > 0 ? select('level') : null}
      {select('channel')}
      {queue === 'all' ? select('rated') : null}
      {root && !isLine ? (
        <Labelled label={t('lists.labels.area')}>
          <AreaChoice root={root} way={terms?.area ?? []} onChoose={(area) => choose({ area })} />
        </Labelled>
      ) : null}
      {isLine ? null : (
        <div className="wb-filter-field">
          <label htmlFor={`${own}-org`}>{t('lists.labels.org')}</label>
          <PickList
            id={`${own}-org`}
            value={search.org && terms?.org ? { id: terms.org.orgId, label: terms.org.name } : undefined}
            source={organizations}
            placeholder={t('lists.anyOrg')}
            onChange={(picked) => choose({ org: picked?.id })}
          />
        </div>
      )}
      <DayField label={t('lists.labels.from')} value={search.from} onChange={(from) => choose({ from })} />
      <DayField label={t('lists.labels.to')} value={search.to} onChange={(to) => choose({ to })} />
      <div className="wb-filter-field">
        <span>{t('lists.labels.marks')}</span>
        <span className="wb-inline">
          {(['supervised', 'merged'] as const).map((mark) => (
            <label key={mark} className="dk-choice">
              <input
                type="checkbox"
                checked={search[mark] === 'true'}
                onChange={(event) => choose({ [mark]: event.currentTarget.checked ? 'true' : undefined })}
              />
              {t(`lists.values.${mark}`)}
            </label>
          ))}
        </span>
      </div>
      {isLine ? null : (
        <Choice
          label={t('lists.sort')}
          value={search.from || search.to ? 'opened' : search.sort}
          none={t('lists.byDeadline')}
          options={[{ value: 'opened', text: t('lists.byOpening') }]}
          onChoose={(sort) => choose({ sort })}
          isFixed={search.from !== undefined || search.to !== undefined || search.org !== undefined}
        />
      )}
    </div>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="wb-filter-field" role="group" aria-label={label}>
      <span>{label}</span>
      {children}
    </div>
  )
}
