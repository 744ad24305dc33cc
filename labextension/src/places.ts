// The places of the desk that have a card, a command and a shortcut. The desk knows what they are.
import { boardIcon, calendarIcon, chartIcon, folderIcon, formIcon, homeIcon, paperIcon, phoneIcon } from './icons';
import type { LabIcon } from '@jupyterlab/ui-components';

/** How the names of our commands begin. */
export const OURS = 'jusou:';

export interface Place {
  /** As `widgets/doorway.py` calls it. */
  place: string;
  label: string;
  caption: string;
  icon: LabIcon;
  /** The digit that opens it together with Alt. */
  digit?: string;
  /** Whether the launcher shows a card. */
  card: boolean;
}

export const PLACES: readonly Place[] = [
  { place: 'home', label: '相談の机（ホーム）', caption: '相談の机をひらく', icon: homeIcon, digit: '1', card: false },
  { place: 'intake', label: '相談受付', caption: '新しい相談を受け付ける', icon: formIcon, digit: '3', card: true },
  { place: 'phone', label: '電話メモ', caption: 'いま受けた電話を書きとめる', icon: phoneIcon, digit: '2', card: true },
  { place: 'search', label: 'ケース', caption: '氏名・ふりがな・番号・電話でケースを探す', icon: folderIcon, digit: '4', card: true },
  { place: 'sittings', label: '会議', caption: '会議の準備と記録', icon: boardIcon, digit: '6', card: true },
  { place: 'plans', label: 'プラン', caption: '支援プランを書く・見直す', icon: chartIcon, digit: '7', card: true },
  { place: 'papers', label: '今月の資料', caption: '会議資料と月次の資料をつくる', icon: paperIcon, digit: '8', card: true },
  { place: 'due', label: '期限', caption: '待っていることの一覧', icon: calendarIcon, digit: '9', card: true }
];
