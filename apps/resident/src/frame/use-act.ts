import { ApiError, newId } from '@linli/ui/client'
import { shouldWait } from '@linli/ui/phone'
import { useRef, useState } from 'react'

/**
 * One write that may be pressed twice or lost on the way: the same content keeps its request id until an answer came,
 * other content gets a new one.
 */
export function useAct<B, R>(send: (body: B, requestId: string) => Promise<R>, done: (result: R) => void) {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()
  const open = useRef<{ text: string; requestId: string }>(undefined)
  const underway = useRef(false)
  const act = async (body: B): Promise<void> => {
    if (underway.current) return
    underway.current = true
    setPending(true)
    setError(undefined)
    const text = JSON.stringify(body)
    if (open.current?.text !== text) open.current = { text, requestId: newId() }
    try {
      const result = await send(body, open.current.requestId)
      open.current = undefined
      done(result)
    } catch (caught) {
      if (!(caught instanceof ApiError) || !shouldWait(caught)) open.current = undefined
      setError(caught)
    } finally {
      underway.current = false
      setPending(false)
    }
  }
  return { act, pending, error }
}
