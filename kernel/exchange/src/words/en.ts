/** The same in English; `zh.ts` is the source. */
export const refusalsEn = {
  'exchange.already_ended': 'This has already come to an end.',
  'exchange.data_invalid': 'The filter or a column is not right. Please reload the page.',
  'exchange.file_gone': 'The file was deleted when its time was over. Please export again.',
  'exchange.file_missing': 'Choose a file.',
  'exchange.file_too_large': 'The file is too large.',
  'exchange.file_unreadable': 'The file cannot be read. Save it as “CSV UTF-8” or .xlsx.',
  'exchange.link_expired': 'The time to download has passed. Choose “Open for another day”.',
  'exchange.list_unknown': 'There is no such list, or your post may not read it.',
  'exchange.mapping_wrong': 'The file and the mapping do not fit. Check the columns that you chose.',
  'exchange.not_found': 'This post has no such thing.',
  'exchange.not_ready': 'The file is not ready yet.',
  'exchange.too_large': 'Too many rows. Please filter the list first.',
  'exchange.too_many_views': 'This list has enough saved views. Delete one that you no longer need.',
  'exchange.too_many_waiting': 'Too many are waiting. Wait for them or cancel some.',
  'exchange.view_name_taken': 'There is a view of this name. Please choose another.',
  'exchange.view_unknown': 'There is no such view.',
}
