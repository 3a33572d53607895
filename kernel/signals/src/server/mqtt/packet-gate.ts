import type { Socket } from 'node:net'

/** What a fixed header says; the library reads a packet whole before anybody may judge it. */
const largestPacket = 2 * 1024 * 1024

/**
 * Watches the stream beside the broker and ends a connection that announces a packet beyond reason, before its bytes fill the memory.
 * MQTT 3.1.1 section 2.2: one byte of type, then the length in seven-bit groups.
 */
export function guardPackets(socket: Socket, tooLarge: (bytes: number) => void): void {
  let body = 0
  let length = 0
  let group = -1
  socket.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; ) {
      if (body > 0) {
        const step = Math.min(body, chunk.length - at)
        body -= step
        at += step
        continue
      }
      const byte = chunk[at++]!
      if (group < 0) {
        group = 0
        length = 0
        continue
      }
      length += (byte & 0x7f) * 128 ** group
      if (byte & 0x80 && group < 3) {
        group++
        continue
      }
      group = -1
      body = length
      if (length > largestPacket) {
        tooLarge(length)
        socket.destroy()
        return
      }
    }
  })
}
