"""The register of desks and schemes that the town's office keeps."""

from dataclasses import dataclass, replace
from datetime import timedelta

from jusou_nb.casework.office import keep_agency
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_stories import known
from jusou_nb.casework.schemes_register import confirm_scheme, end_scheme, register_scheme
from jusou_nb.forms import Agency, Scheme, SchemeStep
from jusou_nb.forms.office import ReachedBy
from jusou_nb.workdays import workday

_YEAR, _LONG_AGO = timedelta(days=340), timedelta(days=300)


@dataclass(frozen=True, kw_only=True)
class _Offer:
    """A scheme that the town's people can use."""

    name: str
    agency: str
    fields: tuple[str, ...]
    issues: tuple[str, ...]
    for_whom: str
    step: str
    conditions: str = ""


_OFFERS = (
    _Offer(
        name="生活福祉資金",
        agency="社会福祉協議会",
        fields=("hardship",),
        issues=("financial_hardship", "debt"),
        for_whom="収入が少ない世帯など",
        step="貸付の相談をする",
        conditions="返す見込みと、連帯保証人の相談があります",
    ),
    _Offer(
        name="住居確保給付金",
        agency="自立相談支援機関",
        fields=("hardship", "housing"),
        issues=("unstable_housing", "job_search", "financial_hardship"),
        for_whom="離職などで家賃が払えなくなった方",
        step="申請書を書く",
        conditions="収入と預貯金に上限があります",
    ),
    _Offer(
        name="家計の相談",
        agency="自立相談支援機関",
        fields=("hardship",),
        issues=("household_budget", "debt"),
        for_whom="家計のやりくりに困っている方",
        step="家計表を一緒に作る",
    ),
    _Offer(
        name="要介護認定",
        agency="地域包括支援センター",
        fields=("elderly",),
        issues=("caring", "dementia", "eighty_fifty"),
        for_whom="介護が必要な65歳以上の方など",
        step="申請して、訪問の調査を受ける",
    ),
    _Offer(
        name="日常生活自立支援事業",
        agency="社会福祉協議会",
        fields=("rights", "elderly"),
        issues=("dementia", "no_relatives", "exploitation"),
        for_whom="お金の管理や手続きに不安のある方",
        step="訪問の相談を受ける",
        conditions="契約の内容が分かる方",
    ),
    _Offer(
        name="自立支援医療（精神通院）",
        agency="障害者支援課",
        fields=("disability", "health"),
        issues=("mental_health", "addiction", "suspected_disability"),
        for_whom="通院を続ける必要のある方",
        step="診断書を添えて申請する",
        conditions="指定の医療機関に限ります",
    ),
    _Offer(
        name="居場所「架空の家」",
        agency="社会福祉協議会",
        fields=("gap",),
        issues=("social_isolation", "hikikomori", "truancy"),
        for_whom="どなたでも",
        step="見学の日を決める",
    ),
    _Offer(
        name="子育て短期支援",
        agency="子ども家庭課",
        fields=("children",),
        issues=("child_rearing", "single_parent", "double_care"),
        for_whom="一時的に子どもの世話ができない家庭",
        step="利用の申込みをする",
        conditions="利用の日数に上限があります",
    ),
)
_ENDED = Scheme(name="物価高騰の臨時給付", for_whom="住民税が非課税の世帯")


def keep_register(place: Place) -> Course[None]:
    """Register what can be used, end one, confirm the others in time; one is forgotten."""
    _open_desks(place)
    kept = [
        register_scheme(place.store, _scheme(place, offer), today=place.day).scheme
        for offer in _OFFERS[:-1]
    ]
    old = replace(_scheme(place, _OFFERS[-1]), confirmed_on=place.day - _LONG_AGO)
    register_scheme(place.store, old, today=place.day)
    fields = known(place.profile, "field", ("hardship",))
    ended = replace(_ENDED, fields=fields, agency=place.agency("社会福祉課"))
    passing = register_scheme(place.store, ended, today=place.day).scheme
    yield workday(place.day + 60 * DAY)
    end_scheme(place.store, passing, on=place.day)
    yield workday(place.day + _YEAR - 60 * DAY)
    for scheme in kept:
        confirm_scheme(place.store, scheme, on=place.day)


def _open_desks(place: Place) -> None:
    """Say of each desk on the town's way of support how it is reached; numbers are made up."""
    agencies = {agency.name: agency for agency in place.store.find(Agency)}
    for number, step in enumerate(step for step in place.profile.flow if step.agency):
        agency = agencies.get(step.agency)
        if agency and not agency.telephone:
            keep_agency(place.store, replace(
                agency,
                telephone=f"000-0000-{8001 + number}",
                open_when=agency.open_when or "平日 8:30〜17:15",
                takes=agency.takes or step.citizens or None,
            ))  # fmt: skip


def _scheme(place: Place, offer: _Offer) -> Scheme:
    desk = place.agency(offer.agency)
    call = SchemeStep(what="窓口に電話して、行く日を決める", desk=desk)
    return Scheme(
        name=offer.name,
        agency=desk,
        fields=known(place.profile, "field", offer.fields),
        issues=known(place.profile, "issue", offer.issues),
        for_whom=offer.for_whom,
        conditions=offer.conditions or None,
        reached_by=(ReachedBy.VISIT, ReachedBy.TELEPHONE),
        steps=(call, SchemeStep(what=offer.step)),
    )
