import { describe, expect, test, vi } from 'vitest'
import { findSpeakers, type SpeechSurroundings, splitSentences } from './read-aloud.ts'

type Heard = SpeechSynthesisUtterance & { text: string }

function surroundings(change: Partial<SpeechSurroundings> = {}): SpeechSurroundings {
  return {
    synthesis: undefined,
    utterance: (text) => ({ text }) as Heard,
    serverOffers: async () => false,
    play: async () => {},
    patience: 20,
    ...change,
  }
}

function synthesis(
  languages: string[],
  speak: (words: Heard) => void = (words) => words.onend?.call(words, {} as SpeechSynthesisEvent),
): SpeechSynthesis {
  const target = new EventTarget()
  const voices = languages.map((lang) => ({ lang, localService: true }) as SpeechSynthesisVoice)
  return Object.assign(target, { getVoices: () => voices, speak, cancel: vi.fn() }) as unknown as SpeechSynthesis
}

const rungs = async (around: SpeechSurroundings): Promise<string[]> => (await findSpeakers('zh-CN', around)).map((speaker) => speaker.rung)

describe('the read-aloud ladder', () => {
  test('takes a voice of the device first, then the server, then the text itself [ACC-02]', async () => {
    expect(await rungs(surroundings({ synthesis: synthesis(['en-US', 'zh_CN']), serverOffers: async () => true }))).toEqual([
      'device',
      'server',
      'text',
    ])
  })

  test('skips a device that speaks other languages only', async () => {
    expect(await rungs(surroundings({ synthesis: synthesis(['en-US']), serverOffers: async () => true }))).toEqual(['server', 'text'])
  })

  test('never ends without a rung: with neither voice nor server the text remains [ACC-02]', async () => {
    expect(await rungs(surroundings())).toEqual(['text'])
  })

  test('waits for voices that arrive late', async () => {
    const late = synthesis([])
    const voices = [{ lang: 'zh-CN', localService: false } as SpeechSynthesisVoice]
    setTimeout(() => {
      late.getVoices = () => voices
      late.dispatchEvent(new Event('voiceschanged'))
    }, 5)
    expect(await rungs(surroundings({ synthesis: late }))).toEqual(['device', 'text'])
  })

  test('a voice that reports an error gives the sentence back, so that the next rung can take it', async () => {
    const broken = synthesis(['zh-CN'], (words) => words.onerror?.call(words, {} as SpeechSynthesisErrorEvent))
    const [device] = await findSpeakers('zh-CN', surroundings({ synthesis: broken }))
    await expect(device!.speak('您好。', 1, new AbortController().signal)).rejects.toThrow('no sound')
  })

  test('a voice that is listed but stays silent counts as failed', async () => {
    vi.useFakeTimers()
    try {
      const mute = synthesis(['zh-CN'], () => {})
      const [device] = await findSpeakers('zh-CN', surroundings({ synthesis: mute }))
      const spoken = expect(device!.speak('您好。', 1, new AbortController().signal)).rejects.toThrow('no sound')
      await vi.advanceTimersByTimeAsync(4100)
      await spoken
    } finally {
      vi.useRealTimers()
    }
  })

  test('stopping in mid sentence is not a failure', async () => {
    const mute = synthesis(['zh-CN'], () => {})
    const [device] = await findSpeakers('zh-CN', surroundings({ synthesis: mute }))
    const stop = new AbortController()
    const spoken = device!.speak('您好。', 1, stop.signal)
    stop.abort()
    await expect(spoken).resolves.toBeUndefined()
  })
})

describe('sentences', () => {
  test('are cut at full stops and lines, and keep their punctuation', () => {
    expect(splitSentences('您有 1 件事在办，没有超时。\n还剩 22 小时；明天 13:20 前。')).toEqual([
      '您有 1 件事在办，没有超时。',
      '还剩 22 小时；',
      '明天 13:20 前。',
    ])
  })

  test('leave out what cannot be read', () => {
    expect(splitSentences('——\n·\n好。')).toEqual(['好。'])
  })

  test('keep a decimal number and a time in one piece', () => {
    expect(splitSentences('Fee 268.00 yuan. Due at 13:20.')).toEqual(['Fee 268.00 yuan.', 'Due at 13:20.'])
  })

  test('are no longer than a breath', () => {
    const long = `${'一二三四五六七八九十，'.repeat(20)}完。`
    const pieces = splitSentences(long, 40)
    expect(pieces.every((piece) => piece.length <= 40)).toBe(true)
    expect(pieces.join('')).toBe(long)
  })
})
