/// <reference lib="dom" />
import type { storyWords } from './story-words.ts'

interface Shown {
  state: 'idle' | 'playing' | 'ended'
  steps: { key: string; state: 'toCome' | 'now' | 'done'; at: string | null; doors: Door[]; zh: string; en: string }[]
  told: { at: string; zh: string; en: string }[]
  ending: { zh: string; en: string; doors: Door[] } | null
}
interface Door {
  href: string
  as?: string
  zh: string
  en: string
}

/** What runs on the page of the story, alone: it is written into it as it stands here. Asks how far it is and draws that. */
export function storyScript(t: (typeof storyWords)['zh' | 'en']): void {
  const find = (id: string) => document.getElementById(id) as HTMLElement
  const play = find('play') as HTMLButtonElement
  const language = t.lang === 'en' ? 'en' : 'zh'
  let drawn = ''

  const make = (tag: string, text: string, parent: HTMLElement): HTMLElement => {
    const element = document.createElement(tag)
    element.textContent = text
    parent.append(element)
    return element
  }

  const doors = (list: Door[], parent: HTMLElement): void => {
    if (list.length === 0) return
    const box = make('div', '', parent)
    box.className = 'doors'
    for (const door of list) {
      const link = make('a', '', box) as HTMLAnchorElement
      link.href = t.query && door.href.startsWith('/') ? `${door.href}${door.href.includes('?') ? '&' : '?'}${t.query}` : door.href
      link.target = '_blank'
      make('b', door[language], link)
      if (door.as) make('span', t.as.replace('{{as}}', door.as) + (/^\d+$/.test(door.as) ? t.code : ''), link)
    }
  }

  const draw = (story: Shown): void => {
    play.disabled = story.state === 'playing'
    play.textContent = story.state === 'playing' ? t.playing : story.state === 'ended' ? t.again : t.play
    if (JSON.stringify(story) === drawn) return
    drawn = JSON.stringify(story)
    const list = find('steps')
    list.replaceChildren()
    for (const step of story.steps) {
      const item = make('li', '', list)
      item.dataset.state = step.state
      item.dataset.step = step.key
      const line = make('p', `${step[language]} `, item)
      if (step.at) make('time', new Date(step.at).toLocaleTimeString(t.lang, { timeZone: 'Asia/Shanghai', hour12: false }), line)
      make('small', ` ${t[step.state]}`, line)
      if (step.key === 'answers')
        for (const rung of story.told) make('small', t.told.replace('{{rung}}', rung[language]), make('p', '', item))
      if (step.state === 'now') doors(step.doors, item)
    }
    const ending = find('ending')
    ending.replaceChildren()
    ending.hidden = story.ending === null
    if (story.ending) {
      make('p', story.ending[language], ending)
      doors(story.ending.doors, ending)
    }
    const now = story.steps.find(({ state }) => state === 'now')
    find('said').textContent = story.ending ? story.ending[language] : now ? now[language] : ''
  }

  const ask = async (init?: RequestInit): Promise<void> => {
    try {
      const answer = await fetch('/api/v1/public/story', init)
      if (answer.ok) draw((await answer.json()) as Shown)
      else throw new Error(String(answer.status))
    } catch {
      find('said').textContent = t.failed
    }
  }

  play.addEventListener('click', () => {
    play.disabled = true
    const body = JSON.stringify({ requestId: crypto.randomUUID() })
    void ask({ method: 'POST', headers: { 'content-type': 'application/json' }, body })
  })
  void ask()
  setInterval(() => void ask(), 1000)
}
