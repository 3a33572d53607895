/** What a refusal says to a person, by its code. */
export const refusalsZh = {
  'signals.case_unopened': '这里还不能转为事项，请写明处置情况后办结。',
  'signals.call_closed': '这里还没有开通手机求助。请马上拨打 120，或给社区打电话。',
  'signals.code_taken': '这个编码已经登记过。',
  'signals.data_invalid': '有填得不对的地方。',
  'signals.device_refused': '设备没有登记，或密钥不对。',
  'signals.device_retired': '这台设备已经注销。',
  'signals.device_unknown': '没有这台设备，或不在您的辖区。',
  'signals.episode_settled': '这次告警已经办结，请看处置结果。',
  'signals.episode_unknown': '没有这次告警，或不在您的辖区。',
  'signals.message_quarantined': '消息已放进隔离区。',
  'signals.message_unfit': '现在仍然收不下，原因没有变。',
  'signals.quarantine_decided': '这条消息已经处理过。',
  'signals.resident_unplaced': '社区还没有登记您的住址，不知道该去哪里。请马上拨打 120，或给社区打电话。',
  'signals.quarantine_unknown': '没有这条消息，或不在您的辖区。',
  'signals.visit_required': '这类告警要有走访结果才能这样办结：请到门口看过，从告警页上报走访结果；设备误报、测试和重复的可以直接办结。',
  'signals.rule_unknown': '没有这条规则。',
}
