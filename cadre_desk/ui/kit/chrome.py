"""What frames every page: the rail at the left, the bar on top, the line at the foot."""

from __future__ import annotations

from cadre_desk.ui.kit.rail import Place, Rail
from cadre_desk.ui.kit.search_box import SearchBox
from cadre_desk.ui.kit.status_line import StatusLine
from cadre_desk.ui.kit.top_bar import Divider, TopBar

__all__ = ["Divider", "Place", "Rail", "SearchBox", "StatusLine", "TopBar"]
