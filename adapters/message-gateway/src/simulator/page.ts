/** The phones as a page: what arrived on which number, and what a person may do with one that rings. Reads itself again each second. */
export const drawPage = (): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>模拟手机 · Simulated phones</title>
<style>
:root { color-scheme: light; font: 16px/1.5 system-ui, "Noto Sans SC", sans-serif; --ink: #1b2430; --quiet: #56606d; --line: #d9dee5; --sheet: #fff; --alarm: #b3261e; --go: #12694a }
* { box-sizing: border-box } body { margin: 0; background: #f2f4f7; color: var(--ink) }
header { padding: 20px 24px; background: #fff8e1; border-bottom: 1px solid #e5d9ae } h1 { margin: 0 0 4px; font-size: 20px } header p { margin: 0; color: #5a4a00 }
main { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); padding: 24px }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; padding: 16px } h2 { margin: 0 0 8px; font-size: 17px; font-variant-numeric: tabular-nums }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px } li { border-top: 1px solid var(--line); padding-top: 10px }
.head { display: flex; justify-content: space-between; gap: 8px; color: var(--quiet); font-size: 14px } .rings { color: var(--alarm); font-weight: 600 }
p.text { margin: 4px 0; overflow-wrap: anywhere } .acts { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px }
button { font: inherit; min-height: 44px; padding: 0 14px; border-radius: 10px; border: 1px solid var(--line); background: #fff; color: var(--ink) } button.go { background: var(--go); border-color: var(--go); color: #fff }
#none { padding: 24px; color: var(--quiet) }
</style></head><body>
<header><h1>模拟手机 · Simulated phones</h1><p>这里只是模拟：没有任何短信或电话真的发出去。 · A simulator: no message and no call leaves this machine.</p></header>
<p id="none">还没有短信和电话。 · Nothing has arrived yet.</p>
<main id="phones" aria-live="polite"></main>
<script>
const words = { sent: '已收到 · arrived', delivered: '已送达 · delivered', failed: '没送到 · failed', ringing: '正在响铃 · ringing', 'no-answer': '没人接 · not answered', answered: '接听了 · answered', 'key-pressed': '按了 1 · pressed 1' }
const make = (tag, text, className) => Object.assign(document.createElement(tag), { textContent: text ?? '', className: className ?? '' })
const act = async (key, what) => { await fetch('/phones/' + key + '/' + what, { method: 'POST' }); await read() }
let shown = ''
async function read() {
  const { items } = await (await fetch('/phones')).json()
  const now = JSON.stringify(items)
  if (now === shown) return
  shown = now
  const held = document.activeElement?.dataset?.act
  document.getElementById('none').hidden = items.length > 0
  const byPhone = Map.groupBy ? Map.groupBy(items, (item) => item.to) : items.reduce((map, item) => map.set(item.to, [...(map.get(item.to) ?? []), item]), new Map())
  document.getElementById('phones').replaceChildren(...[...byPhone].map(([to, list]) => {
    const section = make('section'), ol = make('ol')
    section.append(make('h2', to), ol)
    ol.append(...list.map((item) => {
      const li = make('li'), head = make('div', '', 'head')
      head.append(make('span', item.channel === 'sms' ? '短信 · SMS' : '电话 · Call'), make('span', words[item.state] ?? item.state, item.state === 'ringing' ? 'rings' : ''), make('time', new Date(item.at).toLocaleTimeString('zh-CN')))
      li.append(head, make('p', item.text, 'text'))
      if (item.state === 'ringing') {
        const acts = make('div', '', 'acts')
        for (const [what, text, className] of [['press', '接听并按 1 · Answer, press 1', 'go'], ['answer', '接听 · Answer', ''], ['hang-up', '不接 · Decline', '']]) {
          const button = make('button', text, className)
          button.type = 'button'; button.dataset.act = item.key + what; button.onclick = () => act(item.key, what)
          acts.append(button)
        }
        li.append(acts)
      }
      return li
    }))
    return section
  }))
  if (held) document.querySelector('[data-act="' + held + '"]')?.focus()
}
read(); setInterval(() => read().catch(() => {}), 1000)
</script></body></html>`
