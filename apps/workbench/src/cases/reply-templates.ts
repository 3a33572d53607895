/** A beginning for a reply. It goes to the resident, so it is Chinese in every language of the desk; 〔 〕 marks what the clerk must fill in. */
export interface ReplyTemplate {
  key: string
  text: string
}

const byMove: Record<string, readonly ReplyTemplate[]> = {
  reply: [
    { key: 'done', text: '您好，您反映的问题我们已到现场处理：〔做了什么〕，已于〔时间〕完成。如还有问题，请在查询页点“没解决，继续办”。' },
    { key: 'explain', text: '您好，您咨询的事项答复如下：〔答复内容〕。依据：〔文件或条款〕。如需当面办理，请到〔窗口〕，电话〔电话〕。' },
    { key: 'planned', text: '您好，经现场查看，〔原因〕，暂时不能马上解决。我们计划于〔时间〕前〔做什么〕，完成后再告诉您。' },
    { key: 'notOurs', text: '您好，经核实，您反映的问题由〔单位〕负责。我们已联系该单位，〔联系结果〕，由其在〔时间〕前处理。' },
  ],
  submitRectification: [
    { key: 'rectified', text: '您好，您对上次办理不满意，我们很抱歉。整改情况：〔做了什么〕，已于〔时间〕完成；今后〔怎样避免再发生〕。' },
  ],
  refuse: [
    { key: 'court', text: '您好，您反映的事项已进入〔诉讼、仲裁或复议〕程序，按规定由受理机关处理，请向〔机关〕了解进展，电话〔电话〕。' },
    { key: 'empty', text: '您好，您留下的内容我们看不出要办什么。请补充地点和情况后重新提交，或拨打〔电话〕告诉我们。' },
  ],
}

export const templatesOf = (move: string): readonly ReplyTemplate[] => byMove[move] ?? []

/** Blanks of a template that nobody filled in: a resident must not read 〔时间〕. */
export function blanksIn(text: string): string[] {
  return text.match(/〔[^〔〕]*〕/g) ?? []
}
