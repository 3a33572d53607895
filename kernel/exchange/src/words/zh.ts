/** What a refusal says to a person, by its code. */
export const refusalsZh = {
  'exchange.already_ended': '已经有了结果，不能再改。',
  'exchange.data_invalid': '筛选条件或列不对，请刷新页面再试。',
  'exchange.file_gone': '文件已经到期删除，请重新导出。',
  'exchange.file_missing': '请选一个文件。',
  'exchange.file_too_large': '文件太大。',
  'exchange.file_unreadable': '文件读不了，请另存为“CSV UTF-8”或 .xlsx。',
  'exchange.link_expired': '下载期限过了，请点“再开放一天”。',
  'exchange.list_unknown': '没有这个列表，或您的岗位不能看。',
  'exchange.mapping_wrong': '文件和映射对不上，请核对选的列。',
  'exchange.not_found': '本岗位没有这一次。',
  'exchange.not_ready': '文件还没有导好。',
  'exchange.too_large': '行数太多，请先筛选再导出。',
  'exchange.too_many_views': '一个列表存的视图够多了，请先删掉不用的。',
  'exchange.too_many_waiting': '等待中的太多，请等它们完成或取消几个。',
  'exchange.view_name_taken': '已经有一个同名的视图，请换个名称。',
  'exchange.view_unknown': '没有这个视图。',
}
