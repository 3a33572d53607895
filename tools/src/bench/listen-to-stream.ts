import { get } from 'node:http'

export interface StreamEvent {
  event: string
  data: Record<string, unknown>
}

/** An open page of staff, as far as the server knows it: `GET /stream`, server-sent events. */
export async function listenToStream(url: string, token: string, heard: (one: StreamEvent) => void): Promise<{ close(): void }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`the stream answers ${response.statusCode}`))
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const parts = (text + chunk).split('\n\n')
        text = parts.pop()!
        for (const part of parts) {
          const event = /^event: ?(.*)$/m.exec(part)?.[1]
          const data = /^data: ?(.*)$/m.exec(part)?.[1]
          if (event && data) heard({ event, data: JSON.parse(data) as Record<string, unknown> })
        }
      })
      response.on('error', () => {})
      resolve({ close: () => request.destroy() })
    })
    request.on('error', reject)
  })
}
