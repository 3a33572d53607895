/** What the map itself says, under `map` of each portal's words. */
export const mapWordsZh = {
  marks: '地图上的告警',
  in: '放大',
  out: '缩小',
  whole: '看全图',
  several: '这里有 {{count}} 起，最急的是：{{first}}',
  here: '这里有 {{count}} 起',
  close: '收起',
  failed: '地图没有打开，请看旁边的清单。',
}

export const mapWordsEn: typeof mapWordsZh = {
  marks: 'Alarms on the map',
  in: 'Zoom in',
  out: 'Zoom out',
  whole: 'Show all of it',
  several: '{{count}} alarms here, the most urgent: {{first}}',
  here: '{{count}} alarms here',
  close: 'Close',
  failed: 'The map did not open; the list beside it has everything.',
}
