import { call } from '@linli/ui/client'
import { KeyCap, PickList, type PickSource } from '@linli/ui/desk'
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

const find: PickSource = async (words, signal) => {
  if (words.trim() === '') return []
  const { items } = await call('GET /cases', { query: { q: words.trim(), limit: 8 } }, signal)
  return items.map((row) => ({ id: row.caseId, label: row.title, note: `${row.number} · ${row.stageName}` }))
}

/** Finds a case from any page by number or words: Ctrl K, type, Enter. */
export function CaseSearch({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k' || document.querySelector('[aria-modal="true"]')) return
      event.preventDefault()
      input.current?.focus()
    }
    globalThis.addEventListener('keydown', listen)
    return () => globalThis.removeEventListener('keydown', listen)
  }, [enabled])
  if (!enabled) return <div className="wb-search" />
  return (
    <search className="wb-search">
      <Search size={16} aria-hidden="true" className="wb-search-icon" />
      <PickList
        id="case-search"
        value={undefined}
        inputRef={input}
        label={t('search.label')}
        placeholder={t('search.placeholder')}
        source={find}
        onChange={(found) => {
          if (!found) return
          input.current?.blur()
          void navigate({ to: '/cases/$caseId', params: { caseId: found.id } })
        }}
      />
      <KeyCap>{/Mac/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K'}</KeyCap>
    </search>
  )
}
