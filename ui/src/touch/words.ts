import type { Words } from '@linli/ui/text'

/** The kit's own words, under `kit`. */
export const touchWordsZh: Words = {
  close: '关闭',
  doneAt: '{{when}} 办结',
  grade: { 5: '非常满意', 4: '满意', 3: '基本满意', 2: '不满意', 1: '非常不满意' },
  read: {
    open: '读给我听',
    play: '接着读',
    pause: '停一停',
    previous: '上一句',
    next: '下一句',
    speed: '快慢',
    slow: '慢一点',
    normal: '正常',
    fast: '快一点',
    silent: '这台手机没有中文语音，放不出声音。字给您放大了，点“下一句”慢慢看，也可以请身边的人念给您听。',
    failed: '声音没放出来。字给您放大了，点“下一句”慢慢看，也可以请身边的人念给您听。',
  },
  help: {
    name: '求助',
    hold: '按住 {{seconds}} 秒',
    holding: '别松手 {{seconds}}',
    tapped: '按住“求助” {{seconds}} 秒，才会打开求助电话，免得碰错。按不住也没关系：',
    direct: '直接打开求助电话',
    back: '按错了，回去',
    counting: '马上打开求助电话。按错了，{{seconds}} 秒内可以取消。',
    cancel: '取消',
    title: '要打给谁',
    honest: '这里不会自动报警，也不能代替 110、119、120。有危险请马上打电话。',
    done: '没事了，回去',
  },
}

export const touchWordsEn: Words = {
  close: 'Close',
  doneAt: 'done {{when}}',
  grade: { 5: 'Very satisfied', 4: 'Satisfied', 3: 'Fair', 2: 'Dissatisfied', 1: 'Very dissatisfied' },
  read: {
    open: 'Read to me',
    play: 'Go on',
    pause: 'Pause',
    previous: 'Back',
    next: 'Next',
    speed: 'Speed',
    slow: 'Slower',
    normal: 'Normal',
    fast: 'Faster',
    silent:
      'This phone has no voice for this language, so there is no sound. The text is shown large: press Next to go on, or ask someone to read it to you.',
    failed: 'The sound did not come. The text is shown large: press Next to go on, or ask someone to read it to you.',
  },
  help: {
    name: 'Help',
    hold: 'hold {{seconds}} s',
    holding: 'keep holding {{seconds}}',
    tapped:
      'Hold Help for {{seconds}} seconds to open the emergency numbers, so that nobody opens them by accident. If you cannot hold it:',
    direct: 'Open the numbers now',
    back: 'Pressed by mistake, go back',
    counting: 'The emergency numbers are about to open. You have {{seconds}} seconds to cancel.',
    cancel: 'Cancel',
    title: 'Whom to call',
    honest: 'This page raises no alarm by itself and does not replace 110, 119 or 120. In danger, call now.',
    done: 'All is well, go back',
  },
}
