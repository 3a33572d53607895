import { call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { useEffect, useRef, useState } from 'react'
import { cameOut, type PrintOutcome } from '../devices/receipt-printer.ts'
import type { Desk } from '../devices/use-desk.ts'
import { type Receipt, usePaper } from './paper.ts'

export interface Printing {
  receipt: Receipt | undefined
  /** `dialog`: the browser's own print dialog, which does not say what became of it. */
  outcome: 'sending' | 'dialog' | PrintOutcome | undefined
  error: unknown
  /** The first paper of a case, or a copy; one that did not come out is tried again and stays the same paper. */
  print(caseId: string, reason?: string): void
  /** The paper on hand through the browser's own dialog. */
  printByBrowser(): void
  clear(): void
}

/** From a filed case to paper: the desk's own printer where there is one, else the browser's dialog. */
export function usePrinting(desk: Desk): Printing {
  const paperOf = usePaper()
  const [receipt, setReceipt] = useState<Receipt>()
  const [outcome, setOutcome] = useState<Printing['outcome']>()
  const [error, setError] = useState<unknown>()
  const requestId = useRef<string>(undefined)
  const isStuck = outcome !== undefined && outcome !== 'sending' && outcome !== 'dialog' && !cameOut(outcome)
  useEffect(() => {
    // The page has the paper by now.
    if (outcome === 'dialog' && receipt) globalThis.print()
  }, [outcome, receipt])
  const send = async (paper: Receipt) => {
    const printer = await desk.findPrinter()
    const became = printer ? await printer.print(paperOf(paper)) : 'none'
    setOutcome(became === 'none' ? 'dialog' : became)
    desk.lookAgain()
  }
  return {
    receipt,
    outcome,
    error,
    print(caseId, reason) {
      if (outcome === 'sending') return
      const held = isStuck && receipt?.caseId === caseId ? receipt : undefined
      setOutcome('sending')
      setError(undefined)
      const work = async () => {
        if (held) return send(held)
        requestId.current ??= newId()
        const body = { requestId: requestId.current, ...(reason ? { reason } : {}) }
        const paper = await call('POST /cases/:caseId/receipts', { params: { caseId }, body })
        requestId.current = undefined
        setReceipt(paper)
        await send(paper)
      }
      work().catch((problem: unknown) => {
        setError(problem)
        setOutcome(undefined)
      })
    },
    printByBrowser: () => setOutcome('dialog'),
    clear() {
      setReceipt(undefined)
      setOutcome(undefined)
      setError(undefined)
      requestId.current = undefined
    },
  }
}
