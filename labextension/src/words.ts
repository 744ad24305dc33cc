// Days and times as an office writes them.

const DAY = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  era: 'long', year: 'numeric', month: 'long', day: 'numeric', weekday: 'short'
});

/** 令和8年10月15日(木) from an ISO day. */
export function wareki(iso: string): string {
  const [year, month, day] = iso.split('-').map(Number);
  return DAY.format(new Date(year ?? 0, (month ?? 1) - 1, day ?? 1));
}

/** 10:32 on the same day, else 10月14日 10:32, from an ISO instant. */
export function moment(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const time = `${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.getMonth() + 1}月${at.getDate()}日 ${time}`;
}
