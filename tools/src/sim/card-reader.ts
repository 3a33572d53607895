import { checkDigitOf, isIdNumber } from '../desk-bridge/id-number.ts'
import { jsonServer, listenOnLoopback, type StartSimulator } from './simulator.ts'

interface Card {
  name: string
  idNumber: string
}

const states = ['card', 'absent', 'unreadable', 'unplugged', 'slow'] as const
type State = (typeof states)[number]

/** No division has the code 239999, so nobody has this number. */
const invented: Card = { name: '陈秀英', idNumber: `23999919510312002${checkDigitOf('23999919510312002')}` }

/**
 * A card reader's own local service, as the desk bridge asks it: `GET /status`, `POST /read`. `PUT /sim {state?, card?, slowMs?}` plays what
 * happens at a desk; a card has to be an invented one, with a check digit that fits.
 */
export const startCardReader: StartSimulator = async ({ port = 17_811, say }) => {
  let state: State = 'card'
  let card = invented
  let slowMs = 20_000
  const enter = (next: string): void => {
    if (!(states as readonly string[]).includes(next)) throw new Error(`no state ${next}`)
    state = next as State
  }
  const server = jsonServer({
    'GET /status': () => ({ reader: state === 'unplugged' ? 'unplugged' : 'ready', model: 'simulator' }),
    'POST /read': async () => {
      if (state === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs))
      if (state === 'unplugged') return { result: 'unplugged' }
      if (state === 'absent') return { result: 'noCard' }
      if (state === 'unreadable') return { result: 'unreadable' }
      return { result: 'card', ...card }
    },
    'PUT /sim': (body) => {
      const { state: next, card: other, slowMs: delay } = (body ?? {}) as { state?: string; card?: Card; slowMs?: number }
      if (other) card = checkCard(other)
      if (delay !== undefined) slowMs = delay
      if (next) enter(next)
      return { state, card }
    },
  })
  say(`card-reader: http://127.0.0.1:${await listenOnLoopback(server, port)} with the card of ${card.name} ${card.idNumber}`)
  return { states, enter }
}

function checkCard(card: Card): Card {
  if (!card.idNumber.startsWith('239999')) throw new Error('not an invented number: it has to begin with 239999')
  if (!isIdNumber(card.idNumber)) throw new Error('no day, or a check digit that does not fit')
  return card
}
