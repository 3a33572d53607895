interface ChooserOptions {
  nonce: string
  english: boolean
  demo: boolean
}

const words = {
  zh: {
    lang: 'zh-CN',
    title: '邻里 · 智慧社区综合信息平台',
    lead: '从哪里进？',
    resident: ['居民', '报事、查进度、评价，不用登录'],
    grid: ['网格员', '今天的事、告警，手机上用'],
    workbench: ['工作台', '社区、街道、部门、物业'],
    screen: ['大屏', '一个地方现在怎么样，挂在墙上看'],
    demo: '这是演示数据：人和事都是编的。',
    story: ['播放故事', '一位独居老人的早上：设备真的发，告警真的响，您来接'],
    api: '接口文档',
    other: 'English',
    otherHref: '/?lang=en',
    query: '',
  },
  en: {
    lang: 'en',
    title: 'Linli · smart-community platform',
    lead: 'Which door?',
    resident: ['Residents', 'Report, follow, rate; no sign-in needed'],
    grid: ['Grid workers', 'The work of the day and alarms, on a phone'],
    workbench: ['Workbench', 'Communities, townships, departments, property companies'],
    screen: ['Wall', 'How a place is doing right now, for a screen on a wall'],
    demo: 'Demo data: people and matters are invented.',
    story: ['Play the story', 'A morning of an elder who lives alone: devices really send, an alarm really rings, and you answer it'],
    api: 'API',
    other: '中文',
    otherHref: '/?lang=zh',
    query: '?lang=en',
  },
} as const

/** The front door: one page without script, so that it opens on anything. */
export function chooserPage({ nonce, english, demo }: ChooserOptions): string {
  const t = english ? words.en : words.zh
  const door = (href: string, [name, hint]: readonly [string, string]) =>
    `<a class="door" href="${href}${t.query}"><b>${name}</b><span>${hint}</span></a>`
  return `<!doctype html>
<html lang="${t.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${t.title}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">
:root{color-scheme:light}body{margin:0;background:#f6f4ef;color:#1b1f24;font:1rem/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:34rem;margin:0 auto;padding:3rem 1rem}h1{font-size:1.375rem;margin:0 0 1.5rem}p{margin:0 0 .75rem;color:#454c56}
.plate{display:inline-block;background:#1a4f98;color:#fff;border-radius:6px;padding:.25rem .75rem;font-weight:600;box-shadow:inset 0 0 0 2px #1a4f98,inset 0 0 0 3px #b9cbe6;margin-bottom:1rem}
.door{display:block;background:#fff;border:1px solid #d5d9df;border-radius:16px;padding:1rem;margin:0 0 .75rem;text-decoration:none;color:#1b1f24;min-height:3rem}
.door b{display:block;font-size:1.125rem;color:#1a4f98}.door span{color:#454c56}.door:focus-visible,a:focus-visible{outline:2px solid #1a4f98;outline-offset:2px}
nav a{color:#1a4f98;margin-right:1.25rem;display:inline-block;padding:.5rem 0}
</style></head><body><main>
<div class="plate">邻里</div><h1>${t.title}</h1>${demo ? `<p role="note">${t.demo}</p>` : ''}<p>${t.lead}</p>
${door('/resident/', t.resident)}${door('/grid/', t.grid)}${door('/workbench/', t.workbench)}${door('/screen/', t.screen)}${demo ? door('/story', t.story) : ''}
<nav><a href="/docs">${t.api}</a><a href="${t.otherHref}">${t.other}</a></nav>
</main></body></html>`
}
