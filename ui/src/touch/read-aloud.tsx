import { findSpeakers, type Rung, type Speaker, splitSentences, useLanguage } from '@linli/ui/text'
import { Pause, Play, SkipBack, SkipForward, Volume2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chips } from './choice.tsx'
import { Icon } from './icon.tsx'
import { Dialog } from './parts.tsx'

const speeds = { slow: 0.7, normal: 0.9, fast: 1.15 } as const
type Speed = keyof typeof speeds

/** 读给我听: reads the page's main part, sentence by sentence, by the best voice there is; the text is always shown large. */
export function ReadAloud() {
  const { t } = useTranslation()
  const [sentences, setSentences] = useState<string[]>()
  return (
    <>
      <button type="button" className="btn" onClick={() => setSentences(readable(document.querySelector('main')))}>
        <Icon of={Volume2} />
        {t('kit.read.open')}
      </button>
      <Dialog title={t('kit.read.open')} open={sentences !== undefined} onClose={() => setSentences(undefined)} full>
        {sentences ? <Reading sentences={sentences} /> : null}
      </Dialog>
    </>
  )
}

function Reading({ sentences }: { sentences: readonly string[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [speakers, setSpeakers] = useState<readonly Speaker[]>()
  const [at, setAt] = useState(0)
  const [playing, setPlaying] = useState(true)
  const [speed, setSpeed] = useState<Speed>('normal')
  const [failed, setFailed] = useState(false)
  const current = useRef<HTMLLIElement>(null)
  const rung: Rung | undefined = speakers?.[0]?.rung

  useEffect(() => {
    let gone = false
    void findSpeakers(language).then((found) => !gone && setSpeakers(found))
    return () => {
      gone = true
    }
  }, [language])

  useEffect(() => {
    const speaker = speakers?.[0]
    if (!speaker || speaker.rung === 'text' || !playing) return
    const stop = new AbortController()
    speaker.speak(sentences[at] ?? '', speeds[speed], stop.signal).then(
      () => {
        if (stop.signal.aborted) return
        if (at + 1 < sentences.length) setAt(at + 1)
        else setPlaying(false)
      },
      () => {
        if (stop.signal.aborted) return
        // Down one rung, with the same sentence.
        setFailed(true)
        setSpeakers((all) => all?.slice(1))
      },
    )
    return () => stop.abort()
  }, [speakers, at, playing, speed, sentences])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the sentence being read stays in sight
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'center' })
  }, [at])

  const last = sentences.length - 1
  return (
    <>
      {rung === 'text' ? (
        <p className="note" role="status">
          {t(failed ? 'kit.read.failed' : 'kit.read.silent')}
        </p>
      ) : null}
      <ol className="reading">
        {sentences.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the text is fixed while it is read, and sentences may repeat
          <li key={index} ref={index === at ? current : undefined} aria-current={index === at || undefined}>
            {sentence}
          </li>
        ))}
      </ol>
      <div className="reading-controls">
        <div className="btn-row">
          <button type="button" className="btn" onClick={() => setAt(Math.max(0, at - 1))} disabled={at === 0}>
            <Icon of={SkipBack} />
            {t('kit.read.previous')}
          </button>
          {rung === 'text' ? null : (
            <button
              type="button"
              className="btn primary"
              onClick={() => {
                if (!playing && at === last) setAt(0)
                setPlaying(!playing)
              }}
            >
              <Icon of={playing ? Pause : Play} />
              {t(playing ? 'kit.read.pause' : 'kit.read.play')}
            </button>
          )}
          <button type="button" className="btn" onClick={() => setAt(Math.min(last, at + 1))} disabled={at >= last}>
            <Icon of={SkipForward} />
            {t('kit.read.next')}
          </button>
        </div>
        {rung === 'text' ? null : (
          <Chips<Speed>
            label={t('kit.read.speed')}
            value={speed}
            onChange={setSpeed}
            choices={(Object.keys(speeds) as Speed[]).map((key) => ({ key, name: t(`kit.read.${key}`) }))}
          />
        )}
      </div>
    </>
  )
}

/** The visible words of a part of the page in reading order, without controls that only make sense by hand. */
function readable(root: HTMLElement | null): string[] {
  if (!root) return []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const lines: { block: Element; text: string }[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    const words = node.textContent?.trim()
    if (
      !parent ||
      !words ||
      parent.closest('[aria-hidden="true"],[data-silent],svg,textarea,select,script') ||
      !parent.getClientRects().length
    )
      continue
    const block = blockOf(parent, root)
    const line = lines.at(-1)
    if (line?.block === block) line.text += ` ${words}`
    else lines.push({ block, text: words })
  }
  return lines.flatMap((line) => splitSentences(line.text))
}

/** What is drawn on a line of its own is read on its own: the nearest ancestor that is not inline (children of flex and grid count). */
function blockOf(element: Element, root: Element): Element {
  let block = element
  while (block !== root && block.parentElement && getComputedStyle(block).display === 'inline') block = block.parentElement
  return block
}
