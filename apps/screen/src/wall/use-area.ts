import { useCallback, useEffect, useState } from 'react'

const inAddress = (): string | undefined => new URLSearchParams(location.search).get('area') ?? undefined

/** The area in the address, so that a reload and the browser's own way back know where the wall was. */
export function useArea(): [string | undefined, (area: string | undefined) => void] {
  const [area, setArea] = useState(inAddress)
  useEffect(() => {
    const follow = () => setArea(inAddress())
    globalThis.addEventListener('popstate', follow)
    return () => globalThis.removeEventListener('popstate', follow)
  }, [])
  const go = useCallback((next: string | undefined) => {
    if (next === inAddress()) return
    const address = new URL(location.href)
    if (next) address.searchParams.set('area', next)
    else address.searchParams.delete('area')
    history.pushState(null, '', address)
    setArea(next)
  }, [])
  return [area, go]
}
