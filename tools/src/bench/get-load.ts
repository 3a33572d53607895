import { Agent, request } from 'node:http'
import { closedLoop, type LoadResult } from './post-load.ts'

/** Each client asks from some addresses of its own in turn: the brake against floods is per address, and not what is measured. */
const addressesEach = 12

/** Closed loop: so many clients, each asking again as soon as the last answer is read, for so long. */
export async function getLoad(url: string, token: string, clients: number, seconds: number): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let asked = 0
  const result = await closedLoop(
    async (client) => {
      const localAddress = `127.1.${client}.${1 + (asked++ % addressesEach)}`
      return (await get(url, token, agent, localAddress)) === 200
    },
    clients,
    seconds,
  )
  agent.destroy()
  return result
}

function get(url: string, token: string, agent: Agent, localAddress: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, localAddress, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end()
  })
}
