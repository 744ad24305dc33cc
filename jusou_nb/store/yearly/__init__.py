"""The year's indicators: one SQL function each, its docstring the definition that is printed."""

from jusou_nb.store.yearly import consents as consents
from jusou_nb.store.yearly import endings as endings
from jusou_nb.store.yearly import intakes as intakes
from jusou_nb.store.yearly import meetings as meetings
from jusou_nb.store.yearly import plans as plans
from jusou_nb.store.yearly import programmes as programmes
from jusou_nb.store.yearly import referrals as referrals
from jusou_nb.store.yearly import resources as resources
from jusou_nb.store.yearly import supports as supports
from jusou_nb.store.yearly.behind import Behind as Behind
from jusou_nb.store.yearly.behind import behind as behind
from jusou_nb.store.yearly.counting import by_month as by_month
from jusou_nb.store.yearly.counting import by_part as by_part
from jusou_nb.store.yearly.counting import count as count
from jusou_nb.store.yearly.counting import records as records
from jusou_nb.store.yearly.defined import CATALOGUE as CATALOGUE
from jusou_nb.store.yearly.defined import Indicator as Indicator
from jusou_nb.store.yearly.defined import Way as Way
from jusou_nb.store.yearly.defined import part_names as part_names
