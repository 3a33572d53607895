import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { publicInfoQuery } from '../api/public-info.ts'
import { BridgeError, keepToken, openBridge, readToken } from './bridge.ts'
import { bridgeReader, type CardReader } from './card-reader.ts'
import { bridgePrinter, type ReceiptPrinter } from './receipt-printer.ts'

/** What stands at this desk. Without any of it everything goes by hand and through the browser's own print dialog. */
export interface Desk {
  /** `none`: this platform lends no devices; `unpaired`: this browser does not know them yet; `away`: the bridge does not run. */
  link: 'none' | 'unpaired' | 'away' | 'ready'
  /** As the bridge said a moment ago: `ready`, `none`, or what is the matter. */
  reader: string
  printer: string
  /** The reader that this browser is connected with; waits where the page has only just been opened. */
  findReader(): Promise<CardReader | undefined>
  findPrinter(): Promise<ReceiptPrinter | undefined>
  /** Tries that are left, where the code was wrong; throws when no bridge answers. */
  pair(code: string): Promise<number | undefined>
  forget(): void
  lookAgain(): void
}

const area = 'desk-devices'

export function useDesk(): Desk {
  const { data: info } = useQuery(publicInfoQuery)
  const queryClient = useQueryClient()
  const [token, setToken] = useState(readToken)
  const url = info?.deskBridge ?? undefined
  const bridge = useMemo(() => (url ? openBridge(url, token) : undefined), [url, token])
  // Asked only by a browser that was paired: a bridge that was never set up is not looked for.
  const devices = useQuery({
    queryKey: [area, url, token],
    queryFn: () => bridge?.devices() ?? Promise.reject(new BridgeError('away')),
    enabled: bridge !== undefined && token !== undefined,
    refetchInterval: 60_000,
    retry: false,
  })
  const findBridge = async () => {
    const { deskBridge } = await queryClient.ensureQueryData(publicInfoQuery)
    return deskBridge && token ? openBridge(deskBridge, token) : undefined
  }
  const keep = (next: string | undefined) => {
    keepToken(next)
    setToken(next)
  }
  const isUnpaired = token === undefined || (devices.error instanceof BridgeError && devices.error.reason === 'unpaired')
  const link = !url ? 'none' : isUnpaired ? 'unpaired' : devices.error ? 'away' : 'ready'
  return {
    link,
    reader: devices.data?.reader ?? '',
    printer: devices.data?.printer ?? '',
    async findReader() {
      const found = await findBridge()
      return found && bridgeReader(found)
    },
    async findPrinter() {
      const found = await findBridge()
      return found && bridgePrinter(found)
    },
    async pair(code) {
      const outcome = await bridge?.pair(code)
      if (!outcome) return undefined
      if ('left' in outcome) return outcome.left
      keep(outcome.token)
      return undefined
    },
    forget: () => keep(undefined),
    lookAgain: () => void queryClient.invalidateQueries({ queryKey: [area] }),
  }
}
