import { readStored, writeStored } from '@linli/ui/text'
import { useState } from 'react'
import type { ListColumn } from './list-column.ts'

/** How a person wants a list to look; remembered for the account on this device. */
export interface ListLook {
  columns: readonly string[]
  isDense: boolean
}

export function useListLook<Row>(account: string, list: string, known: readonly ListColumn<Row>[]): [ListLook, (look: ListLook) => void] {
  const key = `linli.list.${account}.${list}`
  const [stored, setStored] = useState(() => readStored(key))
  return [
    readLook(stored, known),
    (look) => {
      const text = JSON.stringify(look)
      writeStored(key, text)
      setStored(text)
    },
  ]
}

/** What was remembered, as far as it still makes sense: a column that is gone is not missed, a fixed one is always there. */
export function readLook<Row>(stored: string | undefined, known: readonly ListColumn<Row>[]): ListLook {
  const look = parse(stored)
  const isShown = ({ key, isFixed, isExtra }: ListColumn<Row>) => isFixed || (look.columns ? look.columns.includes(key) : !isExtra)
  return { columns: known.filter(isShown).map(({ key }) => key), isDense: look.isDense === true }
}

function parse(stored: string | undefined): { columns?: unknown[]; isDense?: unknown } {
  try {
    const look: unknown = JSON.parse(stored ?? '{}')
    if (typeof look !== 'object' || look === null) return {}
    const { columns, isDense } = look as Record<string, unknown>
    return { isDense, ...(Array.isArray(columns) ? { columns } : {}) }
  } catch {
    return {}
  }
}
