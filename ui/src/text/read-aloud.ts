import type { Language } from './language.ts'

/** The rungs of the ladder, best first. The last one always works. */
export type Rung = 'device' | 'server' | 'text'

/** Why there is no sound, so that the page can say it honestly. */
export type Silence = 'no-voice' | 'voice-failed'

/** Speaks one sentence; resolves when it ended, rejects when no sound came. */
export interface Speaker {
  rung: Rung
  speak(sentence: string, rate: number, signal: AbortSignal): Promise<void>
}

/** What the ladder needs of the browser and the server; replaced in tests. */
export interface SpeechSurroundings {
  synthesis: SpeechSynthesis | undefined
  utterance(text: string): SpeechSynthesisUtterance
  serverOffers(language: Language): Promise<boolean>
  play(url: string, rate: number, signal: AbortSignal): Promise<void>
  /** Voices arrive late in some browsers: how long to wait, in milliseconds. */
  patience: number
}

/** All rungs that this device and server offer now, best first; always ends with `text`, which is silent. */
export async function findSpeakers(language: Language, around: SpeechSurroundings = browserSurroundings()): Promise<Speaker[]> {
  const speakers: Speaker[] = []
  const voice = await findVoice(language, around)
  if (voice && around.synthesis) speakers.push(deviceSpeaker(voice, around.synthesis, around))
  if (await around.serverOffers(language)) speakers.push(serverSpeaker(language, around))
  speakers.push({ rung: 'text', speak: async () => {} })
  return speakers
}

/** Sentences as one would read them out: cut at full stops and line ends, nothing longer than a breath. */
export function splitSentences(text: string, longest = 120): string[] {
  return text
    .split(/(?<=[。！？!?；;])|\n+|(?<=\.)\s+/u)
    .map((part) => part.replace(/\s+/gu, ' ').trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .flatMap((part) => (part.length <= longest ? [part] : breathe(part, longest)))
}

function breathe(sentence: string, longest: number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const part of sentence.split(/(?<=[，、,：:])/u)) {
    if (piece && piece.length + part.length > longest) {
      pieces.push(piece.trim())
      piece = ''
    }
    piece += part
  }
  if (piece.trim()) pieces.push(piece.trim())
  return pieces
}

async function findVoice(language: Language, { synthesis, patience }: SpeechSurroundings): Promise<SpeechSynthesisVoice | undefined> {
  if (!synthesis) return undefined
  const wanted = language === 'en' ? 'en' : 'zh'
  const pick = (): SpeechSynthesisVoice | undefined => {
    const voices = synthesis.getVoices().filter((voice) => voice.lang.toLowerCase().replace('_', '-').startsWith(wanted))
    return voices.find((voice) => voice.localService) ?? voices[0]
  }
  const now = pick()
  if (now || !synthesis.addEventListener) return now
  return await new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      synthesis.removeEventListener('voiceschanged', finish)
      resolve(pick())
    }
    const timer = setTimeout(finish, patience)
    synthesis.addEventListener('voiceschanged', finish)
  })
}

function deviceSpeaker(voice: SpeechSynthesisVoice, synthesis: SpeechSynthesis, around: SpeechSurroundings): Speaker {
  return {
    rung: 'device',
    speak: (sentence, rate, signal) =>
      new Promise((resolve, reject) => {
        const words = around.utterance(sentence)
        words.voice = voice
        words.lang = voice.lang
        words.rate = rate
        let started = false
        // Some browsers list voices and then stay silent: no start in time counts as a failure.
        const silent = setTimeout(() => !started && fail(), 4000)
        const done = (): void => {
          clearTimeout(silent)
          signal.removeEventListener('abort', stop)
          resolve()
        }
        const fail = (): void => {
          clearTimeout(silent)
          signal.removeEventListener('abort', stop)
          synthesis.cancel()
          reject(new Error('no sound'))
        }
        const stop = (): void => {
          synthesis.cancel()
          done()
        }
        words.onstart = () => {
          started = true
        }
        words.onend = done
        words.onerror = () => (signal.aborted ? done() : fail())
        signal.addEventListener('abort', stop)
        synthesis.cancel()
        synthesis.speak(words)
      }),
  }
}

function serverSpeaker(language: Language, around: SpeechSurroundings): Speaker {
  return { rung: 'server', speak: (sentence, rate, signal) => around.play(speechUrl(sentence, language), rate, signal) }
}

function speechUrl(text: string, language: Language): string {
  return `/api/v1/public/speech?${new URLSearchParams({ text, lang: language })}`
}

/** The real thing: Web Speech, then audio from our server. */
export function browserSurroundings(): SpeechSurroundings {
  return {
    synthesis: globalThis.speechSynthesis,
    utterance: (text) => new SpeechSynthesisUtterance(text),
    async serverOffers(language) {
      try {
        const answer = await fetch(speechUrl(language === 'en' ? 'yes' : '好', language), { method: 'HEAD' })
        return answer.ok && (answer.headers.get('content-type') ?? '').startsWith('audio/')
      } catch {
        return false
      }
    },
    play: (url, rate, signal) =>
      new Promise((resolve, reject) => {
        const audio = new Audio(url)
        audio.playbackRate = rate
        signal.addEventListener('abort', () => {
          audio.pause()
          resolve()
        })
        audio.onended = () => resolve()
        audio.onerror = () => reject(new Error('no sound'))
        audio.play().catch(reject)
      }),
    patience: 800,
  }
}
