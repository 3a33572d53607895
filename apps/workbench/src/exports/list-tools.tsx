import { ExportButton } from './export-button.tsx'
import { SavedViews } from './saved-views.tsx'

interface ListToolsProps {
  list: string
  /** What the list is asked for now. */
  query: Record<string, unknown>
  /** Of that, what stands in the address: this is what a saved view brings back. */
  address: Record<string, string | undefined>
  canSave: boolean
  onChoose(address: Record<string, string>): void
}

/** Beside the filter of a list: the views that this person saved, and the way out as a file. */
export function ListTools({ list, query, address, canSave, onChoose }: ListToolsProps) {
  return (
    <div className="wb-list-tools">
      <SavedViews list={list} query={words(address)} canSave={canSave} onChoose={onChoose} />
      <ExportButton list={list} query={words(query)} />
    </div>
  )
}

/** Without what is not asked for. */
function words(query: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, String(value)]])),
  )
}
