"""What the town's people come with, in the words of an intake, a plan and a sitting."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One kind of trouble: its ticks on the intake, and the sentences that go with it.

    ``steps`` are pairs of the agency that does it and what it does.
    """

    fields: tuple[str, ...]
    topics: tuple[str, ...]
    issues: tuple[str, ...]
    problem: str
    question: str
    wish: str
    aim: str
    steps: tuple[tuple[str, str], ...]
    urgency: str = "month"


MONEY = Theme(
    fields=("hardship",),
    topics=("income", "rent", "debt"),
    issues=("financial_hardship", "debt", "household_budget"),
    problem="収入が減り、家賃と公共料金が払えなくなってきた。",
    question="家計の立て直しと、住まいを失わないための役割分担。",
    wish="今の家に住み続けたい。少しずつでも返していきたい。",
    aim="滞納を増やさずに、毎月の収支が分かるようになる。",
    steps=(
        ("自立相談支援機関", "家計表を一緒に作り、月1回見直す"),
        ("社会福祉協議会", "貸付の相談と、当面の食料の支援をする"),
    ),
)
HIKIKOMORI = Theme(
    fields=("hardship", "employment"),
    topics=("hikikomori", "family"),
    issues=("hikikomori", "social_isolation", "family_relations"),
    problem="仕事を辞めてから家を出ていない。家族とも話さない。",
    question="本人に会えるまでの関わり方と、家族を支える役割分担。",
    wish="人の少ないところなら出てみてもよい。",
    aim="家族以外の一人と、安心して話せるようになる。",
    steps=(
        ("アウトリーチ事業者", "月2回、手紙と訪問で関わりを続ける"),
        ("参加支援事業者", "少人数の作業の場を見学できるようにする"),
    ),
)
CARE = Theme(
    fields=("elderly", "health"),
    topics=("care", "health"),
    issues=("caring", "dementia", "social_isolation"),
    problem="物忘れが進み、火の始末が心配。介護する家族も疲れている。",
    question="介護の見守りと、介護する家族の休息。",
    wish="住み慣れた家で暮らしたい。",
    aim="介護の手が増え、家族が週に一度は休める。",
    steps=(
        ("地域包括支援センター", "要介護認定の申請を手伝い、週1回様子を確かめる"),
        ("高齢者支援課", "見守りの配食を調整する"),
    ),
)
CHILDREN = Theme(
    fields=("children", "education"),
    topics=("child_rearing", "hikikomori"),
    issues=("single_parent", "truancy", "child_rearing"),
    problem="子どもが学校へ行けなくなり、親は仕事を休みがちになっている。",
    question="子どもの居場所と、親の就労を両立させる役割分担。",
    wish="子どもが安心して過ごせる場所がほしい。",
    aim="子どもが週1回、家の外の居場所で過ごす。",
    steps=(
        ("利用者支援事業", "居場所の見学に同行する"),
        ("子ども家庭課", "学校との連絡の窓口になる"),
    ),
)
DISABILITY = Theme(
    fields=("disability", "health"),
    topics=("health", "job_worry"),
    issues=("suspected_disability", "mental_health", "job_retention"),
    problem="どの仕事も長続きせず、眠れない日が続いている。",
    question="受診につなぐ方法と、働き方の相談先。",
    wish="自分に合う働き方を知りたい。",
    aim="受診して、困りごとを言葉にできるようになる。",
    steps=(
        ("相談支援事業所", "受診に同行し、手帳の申請を説明する"),
        ("障害者支援課", "就労の相談先を紹介する"),
    ),
)
ALONE = Theme(
    fields=("elderly", "rights"),
    topics=("community", "housing"),
    issues=("no_relatives", "social_isolation", "mobility"),
    problem="身寄りがなく、買物にも出られない。入院のときの保証人がいない。",
    question="日々の見守りと、入院に備えた手続き。",
    wish="人に迷惑をかけずに暮らしたい。",
    aim="困ったときに連絡できる相手が二人できる。",
    steps=(
        ("お困りごと相談員", "月2回訪ね、買物の手立てを一緒に考える"),
        ("社会福祉協議会", "日常生活自立支援事業の利用を説明する"),
    ),
)
COMMON = (MONEY, HIKIKOMORI, CARE, CHILDREN, DISABILITY, ALONE)

EIGHTY_FIFTY = Theme(
    fields=("elderly", "hardship"),
    topics=("care", "hikikomori"),
    issues=("eighty_fifty", "hikikomori", "caring", "financial_hardship"),
    problem="足腰が弱り、家のことができない。息子は20年近く家にいて、暮らしは年金だけ。",
    question="母の介護を整えながら、息子とつながる糸口をどう作るか。",
    wish="自分が動けるうちに、息子のことを頼める人がほしい。",
    aim="母の介護が始まり、息子に声をかけられる人が一人できる。",
    steps=(
        ("地域包括支援センター", "要介護認定の申請を手伝い、週1回訪問する"),
        ("アウトリーチ事業者", "母への訪問に合わせて、息子に手紙を置く"),
        ("自立相談支援機関", "世帯の家計を一緒に見直す"),
    ),
    urgency="week",
)
YOUNG_CARER = Theme(
    fields=("children", "health"),
    topics=("child_rearing", "health"),
    issues=("young_carer", "mental_health", "single_parent", "truancy"),
    problem="母の体調が悪く、食事の支度と妹の世話で学校に遅れる日が増えた。",
    question="家事の手をどう増やし、学校で休める時間をどう作るか。",
    wish="部活に戻りたい。お母さんのことも心配。",
    aim="夕方の家事を週2回、大人が担う。",
    steps=(
        ("子ども家庭課", "家事の支援の利用を母と決める"),
        ("利用者支援事業", "月2回、本人の話を聞く時間を持つ"),
        ("健康増進課", "母の受診に保健師が同行する"),
    ),
)
PARTNER_VIOLENCE = Theme(
    fields=("rights", "housing"),
    topics=("violence", "housing"),
    issues=("partner_violence", "unstable_housing", "child_rearing"),
    problem="夫の暴力から逃れて子どもと家を出た。居場所を知られたくない。",
    question="安全の確保と、手続きの窓口を一つにすること。",
    wish="子どもと安心して暮らしたい。",
    aim="居場所を知られずに、子どもが通い始める。",
    steps=(
        ("子ども家庭課", "手続きに同行し、窓口を一つにする"),
        ("福祉事務所", "当面の生活費の相談を受ける"),
    ),
    urgency="immediate",
)
UNKNOWN_MAN = Theme(
    fields=("housing", "hardship"),
    topics=("housing", "no_food"),
    issues=("homeless", "untreated", "social_isolation"),
    problem="駅南の公園で寝泊まりしている。せきが続いているが、名前は話さない。",
    question="体調を確かめながら、話せる関係をどう作るか。",
    wish="放っておいてほしいが、温かいものは食べたい。",
    aim="週1回、顔を合わせて話す。",
    steps=(
        ("アウトリーチ事業者", "週2回声をかけ、体調を見る"),
        ("社会福祉課", "冬に備えた一時の住まいを用意する"),
    ),
    urgency="week",
)
LARGE_FAMILY = Theme(
    fields=("children", "hardship", "elderly"),
    topics=("child_rearing", "income", "housing", "care"),
    issues=("child_rearing", "financial_hardship", "caring", "unstable_housing"),
    problem="三世代15人で借家に暮らす。家賃の遅れと、祖父母の介護と、子どもの世話が重なっている。",
    question="窓口が多い世帯の、連絡の受け手をどこにするか。",
    wish="家族がばらばらにならずに暮らしたい。",
    aim="家賃の遅れがなくなり、介護の担当が決まる。",
    steps=(
        ("利用者支援事業", "子ども9人の手続きをまとめて手伝う"),
        ("地域包括支援センター", "祖父母の介護の計画を作る"),
        ("自立相談支援機関", "家計を見直し、広い住まいを探す"),
    ),
)
HOARDING = Theme(
    fields=("elderly", "housing", "gap"),
    topics=("housing", "community"),
    issues=("hoarding", "refusal", "neighbour_trouble"),
    problem="庭まで物があふれ、においと火事を心配する声がある。本人は困っていないと言う。",
    question="本人が困っていることから入る糸口と、火の始末の確かめ方。",
    wish="大事なものなので捨てないでほしい。",
    aim="玄関と台所の火のまわりが片づく。",
    steps=(
        ("お困りごと相談員", "週1回立ち寄り、話を聞く"),
        ("健康増進課", "保健師が健康の話で訪ねる"),
    ),
)
SATURDAY = Theme(
    fields=("health", "hardship"),
    topics=("health", "no_food"),
    issues=("suicidal", "financial_hardship", "illness"),
    problem="食べるものがなく、死にたいと電話で話した。土曜の当直が受けた。",
    question="土曜の対応の報告と、この先一か月の見守り。",
    wish="もう少しだけ頑張ってみる。",
    aim="毎日だれかが声をかけ、受診につながる。",
    steps=(
        ("健康増進課", "平日は毎日電話し、受診に同行する"),
        ("自立相談支援機関", "食料を届け、生活費の相談を受ける"),
    ),
    urgency="immediate",
)
DOUBLE_CARE = Theme(
    fields=("elderly", "children"),
    topics=("care", "child_rearing", "job_worry"),
    issues=("double_care", "caring", "child_rearing"),
    problem="母の介護と保育園児の世話が重なり、仕事を辞めようか迷っている。",
    question="介護と保育の利用を合わせて組み直すこと。",
    wish="仕事を続けたい。",
    aim="平日の夕方に、介護か保育のどちらかを任せられる。",
    steps=(
        ("地域包括支援センター", "通いの介護の日を増やす"),
        ("利用者支援事業", "保育の延長の手続きを手伝う"),
    ),
)
