import type pg from 'pg'

/** What the driver gives a query that takes the connection itself; it has no types for it. */
interface Wire {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

/** `COPY … FROM STDIN` of pieces that are ready, as bare as the protocol has it. Answers when PostgreSQL has it all. */
export function copyIn(client: pg.Client, text: string, pieces: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined
    const query = {
      submit: (wire: Wire): void => wire.query(text),
      handleCopyInResponse: (wire: Wire): void => {
        for (const piece of pieces) wire.sendCopyFromChunk(piece)
        wire.endCopyFrom()
      },
      handleCommandComplete: (): void => {},
      handleError: (error: Error): void => {
        failure = error
      },
      handleReadyForQuery: (): void => (failure ? reject(failure) : resolve()),
    }
    client.query(query as unknown as pg.Submittable)
  })
}
