/** Frames of MQTT 3.1.1, as far as a load of devices needs them: a client library would cost more than the server it measures. */

export function connectFrame(code: string, secret: string): Buffer {
  // Clean session, user name and password; no keep-alive.
  const head = Buffer.concat([text('MQTT'), Buffer.of(4, 0b1100_0010, 0, 0)])
  return frame(0x10, Buffer.concat([head, text(code), text(code), text(secret)]))
}

/** QoS 1. */
export function publishFrame(topic: Buffer, id: number, payload: string): Buffer {
  const size = Buffer.byteLength(payload)
  const body = Buffer.allocUnsafe(topic.length + 2 + size)
  topic.copy(body)
  body.writeUInt16BE(id, topic.length)
  body.write(payload, topic.length + 2)
  return frame(0x32, body)
}

/** A text with its length before it, as topics and names stand in frames. */
export function text(words: string): Buffer {
  const bytes = Buffer.from(words)
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes])
}

function frame(type: number, body: Buffer): Buffer {
  const head = [type]
  for (let left = body.length; ; left >>= 7) {
    head.push(left > 127 ? (left & 127) | 128 : left)
    if (left <= 127) break
  }
  return Buffer.concat([Buffer.from(head), body])
}

/** Calls for each answer of a server that sends nothing else than CONNACK and PUBACK: both are four bytes. */
export function readAnswers(heard: (type: number, id: number) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    for (; at + 4 <= bytes.length; at += 4) heard(bytes[at]! >> 4, bytes.readUInt16BE(at + 2))
    rest = bytes.subarray(at)
  }
}
