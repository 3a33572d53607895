import { storyScript } from './story-script.ts'
import { storyWords } from './story-words.ts'

interface StoryPageOptions {
  nonce: string
  english: boolean
}

/** The page beside which a visitor walks through the story: what has happened, what is to be done now, and where. */
export function storyPage({ nonce, english }: StoryPageOptions): string {
  const t = storyWords[english ? 'en' : 'zh']
  return `<!doctype html>
<html lang="${t.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${t.title}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${style}</style></head><body><main>
<nav><a href="${t.home}">${t.back}</a><a href="${t.otherHref}" lang="${english ? 'zh-CN' : 'en'}">${t.other}</a></nav>
<div class="plate" aria-hidden="true">邻里</div><h1>${t.head}</h1><p>${t.lead}</p><p class="quiet">${t.password}</p>
<button id="play" type="button">${t.play}</button><p id="said" role="status"></p>
<ol id="steps" aria-label="${t.steps}"></ol><section id="ending" hidden></section>
</main><script nonce="${nonce}">(${storyScript.toString()})(${JSON.stringify(t)})</script></body></html>`
}

const style = `
:root{color-scheme:light}*{box-sizing:border-box}body{margin:0;background:#f6f4ef;color:#1b1f24;font:1rem/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.5rem;margin:0 0 .75rem}p{margin:0 0 .75rem;color:#454c56}.quiet{font-size:.875rem}
nav{display:flex;gap:1.25rem;margin-bottom:1rem}a{color:#1a4f98}nav a{padding:.25rem 0}
.plate{display:inline-block;background:#1a4f98;color:#fff;border-radius:6px;padding:.25rem .75rem;font-weight:600;box-shadow:inset 0 0 0 2px #1a4f98,inset 0 0 0 3px #b9cbe6;margin-bottom:.75rem}
button{min-height:3rem;padding:.5rem 1.5rem;border:0;border-radius:12px;background:#1a4f98;color:#fff;font:inherit;font-size:1.125rem;font-weight:600;cursor:pointer}button:disabled{background:#5b6470;cursor:default}
:focus-visible{outline:2px solid #1a4f98;outline-offset:2px}#said{min-height:1.6em;margin:.75rem 0}
ol{list-style:none;margin:0;padding:0}li{position:relative;padding:0 0 1rem 2.25rem}li::before{content:"";position:absolute;left:.4375rem;top:.375rem;width:.875rem;height:.875rem;border:2px solid #767d88;border-radius:50%;background:#f6f4ef;z-index:1}
li::after{content:"";position:absolute;left:.875rem;top:1rem;bottom:-.375rem;border-left:2px solid #d5d9df}li:last-child::after{display:none}
li[data-state=done]::before{background:#1d6844;border-color:#1d6844}li[data-state=now]::before{background:#1a4f98;border-color:#1a4f98;box-shadow:0 0 0 4px #e9eff8}
li[data-state=toCome] p{color:#5b6470}li p{margin:0;color:#1b1f24}li[data-state=now] p{font-weight:600}li time,li small{color:#5b6470;font-size:.875rem;font-weight:400}
.doors{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:.5rem;margin:.5rem 0 0}
.doors a{display:block;padding:.625rem .875rem;border:1px solid #767d88;border-radius:12px;background:#fff;text-decoration:none}.doors a b{display:block}.doors a span{color:#454c56;font-size:.875rem}
#ending{margin-top:.5rem;padding:1rem;border:1px solid #b9cbe6;border-radius:16px;background:#e9eff8}#ending p{color:#1b1f24}`
