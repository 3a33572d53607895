/** Words of the dialog in which one says how one wants to be reached: they come with it. */
export const reachZh = {
  reach: {
    title: '怎样通知我',
    text: '消息先到这里。过了时间还没看，再按下面的方式发到手机。',
    phone: '手机号',
    phoneHeld: '手机号（现在是 {{phone}}，不改就空着）',
    ways: '没看的消息怎么发',
    way: { none: '不发到手机', sms: '发短信', voice: '打语音电话', sms_voice: '先短信，后电话', voice_sms: '先电话，后短信' },
    after: '多久没看就发',
    minutes: '{{count}} 分钟',
    quiet: '设免打扰时间',
    quietFrom: '从',
    quietTo: '到',
    alarms: '红色、橙色告警不受免打扰影响：没人接警时照样发短信、打电话。',
    save: '保存',
  },
}
