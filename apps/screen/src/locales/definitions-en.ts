import { deviceLabels } from '@linli/signals/define'

/** Alarms about devices themselves, and sentences of the statistics, which the server writes in Chinese; each is its own key. */
export const definitionsEn: Readonly<Record<string, string>> = {
  ...deviceLabels.en,
  'saying.时限内联系到居民（或直接答复）的派遣 ÷ 全部派遣；改派的以改派后为准':
    'Dispatches whose resident was contacted (or answered) in time ÷ all dispatches; after a transfer, the new one counts',
  'saying.回访确认已解决的回访 ÷ 有效回访；一件事回访几次算几次': 'Call-backs that found it resolved ÷ call-backs; each call-back counts',
  'saying.回访表示满意的 ÷ 回访中表了态的': 'Satisfied ÷ those who said so either way at a call-back',
  'saying.在对居民承诺的期限内办结的 ÷ 已办结或已超期的承诺；继续办的另算一次':
    'Promises kept ÷ promises that were closed or are overdue; a reopened matter is a promise of its own',
  'saying.核实立案的 ÷ 立案的和核实后没有立案的': 'Registered ÷ registered and looked at but not registered',
  'saying.时限内报处置结果的派遣 ÷ 已处置或已超期的派遣；返工的按最后一次':
    'Dispatches handled in time ÷ dispatches handled or overdue; work done again counts by its last time',
  'saying.核查没有通过的 ÷ 全部核查；一件事核查几次算几次': 'Checks not passed ÷ all checks; each check counts',
  'saying.退单 ÷ 全部派遣；一件事派遣几次算几次': 'Given back ÷ all dispatches; each dispatch counts',
  'saying.时限内核查的 ÷ 已核查或核查已超期的': 'Checked in time ÷ checked or overdue for a check',
  'saying.还没到联系时限': 'not yet due for contact',
  'saying.回访时没有表态': 'no opinion at the call-back',
  'saying.还没到期': 'not yet due',
  'saying.还没有核实': 'not looked at yet',
  'saying.报事人自己撤回': 'withdrawn by the reporter',
  'saying.退单、改派或移交，没有处置': 'given back, transferred or handed over',
  'saying.网格自处置，没有派遣': 'done on the spot, never dispatched',
}
