"""What a row below a head is: a person, a sample, a subtotal, a signature, a note, a head again, nothing.

Nobody may be lost: a row with a believable name is a person, unless its first words say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.id_numbers import parse_id
from cadre_desk.intake.grid import Grid, Value
from cadre_desk.intake.heads import SUBTOTAL, Head, HeadColumn, Merges, filled
from cadre_desk.intake.words import Vocabulary, head_key


class Kind(StrEnum):
    """What a row is; ``MORE`` are further rows of the person above, which add to it."""

    PERSON = "person"
    SAMPLE = "sample"
    MORE = "more"
    SUBTOTAL = "subtotal"
    REPEATED_HEADER = "repeated_header"
    EMPTY = "empty"
    SIGNATURE = "signature"
    NOTE = "note"
    NO_NAME = "no_name"


#: Rows that are somebody.
PERSONS: Final = frozenset({Kind.PERSON, Kind.SAMPLE})


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of a table that describe one person per row; side by side there are several.

    ``name`` and ``identity`` are the columns that name the person, None where there is none.
    """

    columns: tuple[HeadColumn, ...]
    name: int | None
    identity: int | None


#: A repeated head: so much of the row says what the head says in the same column.
REPEATED: Final = 0.6
_LONGEST_NAME: Final = 30
#: Units and branches have longer names.
_LONGEST_TITLE: Final = 120
_LONGEST_REMARK: Final = 15
_LONGEST_SUBTOTAL: Final = 14
#: A cell merged over more than this share of the table is a remark across it.
_ACROSS: Final = 0.5
_FEWEST_NUMBERS: Final = 3

_SIGNER: Final = (
    r"(?:单位|部门|科室|机构|培训机构|财务|本级)?(?:主要|分管)?"
    r"(?:负责人|领导|审核人?|审批人?|经办人?|制表人?|填表人?|填报人?|复核人?|报送人|统计人|主管)"
    r"(?:签名|签字|签章|意见)?|签名|签字|盖章|公章|(?:填报|报送)?单位(?=\s*[（(](?:盖章|公章|章))"
)
_SIGNED: Final = re.compile(rf"\s*(?:{_SIGNER})\s*(?:[（(].{{0,8}}[）)])?\s*[:：].*", re.DOTALL)
_SIGNER_ALONE: Final = re.compile(rf"\s*(?:{_SIGNER})\s*(?:[（(](?:盖章|公章|签字|签名|章)[）)])?\s*")
#: 局长：  审核：  制表：周敏
_SAID_BY: Final = re.compile(r"\s*[^:：\d]{1,10}[:：].{0,24}", re.DOTALL)
#: 合计（大写）伍佰元整
_WRITTEN_SUM: Final = re.compile(r"(?:本页)?(?:合计|总计|小计|共计)[（(]?(?:人民币|大写|小写|金额).*")
_FOOT: Final = re.compile(
    r"\s*(?:联系电话|电话|(?:填报|制表|填表|申请|报送)?(?:时间|日期)|(?:填报|制表|报送)单位|单位)\s*[:：].*"
    r"|\s*(?:\d{4})?\s*年\s*\d{0,2}\s*月(?:\s*\d{0,2}\s*日)?\s*",
    re.DOTALL,
)
#: 第2页 共5页; 本页18人，累计36人
_PAGE: Final = re.compile(r"\s*第\s*\d+\s*页.{0,12}|\s*\d+\s*/\s*\d+\s*页\s*|\s*共\s*\d+\s*页.{0,12}")
_REMARK: Final = re.compile(
    r"\s*(?:注\s*[:：\d]|备注\s*[:：]|说明\s*[:：]|填[表写]说明|附[:：件]|※|[(（]?以下空白|此表|本表"
    r"|[一二三四五六七八九十]+\s*、|[（(][一二三四五六七八九十]+[）)]"
    r"|[-—–－─━=＝*＊~～·•…★☆]{2,}\s*\w|[（(]?以[上下](?:为|是|均|系|各|人员|同志|名单))"
)
#: What stands in a row under the head that tells units: （元/月）, 岁, 是/否.
_UNIT_WORD: Final = re.compile(
    r"\s*[（(]?\s*(?:单位\s*[:：])?\s*(?:[万千百]?元(?:[/／每][月年天人])?|岁|周岁|年|年月|年月日|人|个|名|分钟|小时|"
    r"平方米|㎡|公斤|%|[\w]/[\w])\s*[）)]?\s*"
)
_PLAIN_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")
_STEMS: Final = "甲乙丙丁戊己庚辛"
_HOLLOW: Final = re.compile(r"[-—–－_/\\.。、,，〃″\s]*|无|空|暂无|同上|姓名|N/?A", re.IGNORECASE)
_COUNTED: Final = re.compile(r"(?:共|合计|总计|计)?\s*[\d,.]+\s*[人名个位元户岁]?")
_ALL_COUNTED: Final = re.compile(
    r"(?:本页)?(?:合计|小计|共计|总计|总共|累计|共|(?<=本页))\D{0,4}\d+\s*[人名个户].{0,10}"
)
_UNIT: Final = re.compile(
    r".*(?:局|委|办|厅|处|科|院|校|公司|中心|镇|乡|街道|支部|党委|总支|离休|退休|干部|人员|部门|单位|小组)"
    r"(?:[（(].*[）)])?"
)
_PLACEHOLDER: Final = re.compile(
    r"(?:张三|李四|王五|赵六|钱七|孙八|某某|.某某?|姓名|名字|[xX×＊*]+)\d*|.*(?:示例|样例|测试|例子).*"
)
_SAMPLE_MARK: Final = re.compile(r"\s*[（(]?(?:示例|样例|例|范例|填[写表]?示例|样表)[)）]?\s*[:：]?\s*\d*")


@lru_cache(maxsize=8192)
def name_in(text: str, longest: int = _LONGEST_NAME) -> str:
    """The name that a cell of a name column holds, as written; "" for counts, dashes, signatures, remarks."""
    name = text.strip().strip("\u3000")
    if len(name) > longest or _HOLLOW.fullmatch(name) or _COUNTED.fullmatch(name):
        return ""
    return "" if ":" in name or "：" in name or SUBTOTAL.fullmatch(head_key(name)) else name


@lru_cache(maxsize=8192)
def _is_plain_name(text: str) -> bool:
    """Whether a text is a name of two to four hanzi and no other word that stands in such a column."""
    name = text.replace(" ", "").replace("\u3000", "")
    return _PLAIN_NAME.fullmatch(name) is not None and not any(
        form.fullmatch(name) for form in (SUBTOTAL, _SIGNER_ALONE, _UNIT, _PLACEHOLDER, _HOLLOW)
    )


def is_plain_name(value: Value) -> bool:
    """Whether a cell holds a name of two to four hanzi and no other word that stands in such a column."""
    return isinstance(value, str) and _is_plain_name(value.strip())


def _count_up(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 1 2 3, or 甲 乙 1 2."""
    stems = [text for text in texts if text in _STEMS]
    numbers = texts[len(stems) :]
    return list(texts[: len(stems)]) == list(_STEMS[: len(stems)]) and list(numbers) == [
        str(number) for number in range(1, len(numbers) + 1)
    ]


def is_sound_id(value: Value) -> bool:
    """Whether a cell holds a resident ID number without a fault."""
    if not isinstance(value, str):
        return False
    try:
        parse_id(value)
    except FieldError:
        return False
    return True


class RowReader:
    """Reads the rows below one head."""

    def __init__(
        self, grid: Grid, vocabulary: Vocabulary, merges: Merges, head: Head, blocks: Sequence[Block]
    ) -> None:
        self._grid, self._merges, self._head, self._blocks = grid, merges, head, blocks
        self._vocabulary = vocabulary
        self._width = head.right - head.left + 1
        self._numbering = {
            one.column
            for one in head.columns
            if head_key(one.leaf) in vocabulary.ordinals or self._is_number(one)
        }

    def _is_number(self, column: HeadColumn) -> bool:
        """Whether a column only numbers people in a way the desk doesn't keep: 工号, 警号."""
        meaning = self._vocabulary.meaning(column.path)
        return head_key(column.leaf).endswith(("号", "编码")) and (meaning is None or not meaning.fields)

    def kinds(self, row: int) -> Iterator[Kind]:
        """What a row is for each block."""
        if self._is_plainly_a_person(row):
            yield Kind.PERSON
            return
        cells = {column: cell for column, cell in enumerate(self._grid.rows[row]) if filled(cell)}
        inside = {
            column: cell for column, cell in cells.items() if self._head.left <= column <= self._head.right
        }
        whole = self._whole(row, inside)
        for block in self._blocks:
            yield whole or self._kind(row, block, inside)

    def _is_plainly_a_person(self, row: int) -> bool:
        """Whether a numbered row has a name that can be nothing else: most rows of most rosters."""
        name = self._blocks[0].name
        if len(self._blocks) > 1 or name is None or self._merges.over(row, name) is not None:
            return False
        cells = self._grid.rows[row]
        if len(cells) <= name:
            return False
        number, text = cells[self._head.left], cells[name]
        numbered = isinstance(number, int | float) or (isinstance(number, str) and number.isdigit())
        return numbered and isinstance(text, str) and _is_plain_name(text)

    def _whole(self, row: int, cells: Mapping[int, Value]) -> Kind | None:
        """What the row is as a whole, if it is nothing that a block could be asked about."""
        if not cells:
            return None if any(self._continues(row, block) for block in self._blocks) else Kind.EMPTY
        if self._repeats_head(cells):
            return Kind.REPEATED_HEADER
        if self._is_subtotal(cells):
            return Kind.SUBTOTAL
        return self._by_opening(row, cells)

    def _by_opening(self, row: int, cells: Mapping[int, Value]) -> Kind | None:
        """A signature, date or remark, told by how the row begins."""
        first = cells[min(cells)]
        opening = first.strip() if isinstance(first, str) else ""
        if any(form.fullmatch(opening) for form in (_SIGNED, _SIGNER_ALONE, _FOOT)) or all(
            isinstance(cell, str) and (_SIGNED.fullmatch(cell) or _FOOT.fullmatch(cell))
            for cell in cells.values()
        ):
            return Kind.SIGNATURE
        if len(cells) > 1 and all(isinstance(c, str) and _SAID_BY.fullmatch(c) for c in cells.values()):
            return Kind.SIGNATURE
        if _PAGE.fullmatch(opening):
            return Kind.NOTE
        across = self._merges.width(row, min(cells))
        if _REMARK.match(opening) or (len(cells) == 1 and len(opening) > _LONGEST_REMARK):
            return Kind.NOTE
        wider = across > self._headed_over(min(cells))
        return Kind.NOTE if wider and across > _ACROSS * self._width else None

    def _headed_over(self, column: int) -> int:
        """How many columns the heading of a column spreads over."""
        merge = self._merges.over(self._head.bottom, column)
        return 1 if merge is None else merge.right - merge.left + 1

    def _repeats_head(self, cells: Mapping[int, Value]) -> bool:
        """The head once more, or the row of column numbers or of units under it."""
        alike = sum(
            isinstance(cell, str) and head_key(cell) in self._head.keys.get(column, ())
            for column, cell in cells.items()
        )
        if alike and alike >= REPEATED * len(cells):
            return True
        if all(isinstance(cell, str) and _UNIT_WORD.fullmatch(cell) for cell in cells.values()):
            return True
        texts = [f"{cell:g}" if isinstance(cell, float) else str(cell).strip() for cell in cells.values()]
        return len(texts) >= _FEWEST_NUMBERS and _count_up(texts)

    def _is_subtotal(self, cells: Mapping[int, Value]) -> bool:
        names = [block.name for block in self._blocks if block.name is not None]
        until = min(names, default=min(cells))
        looked = [cell for column, cell in cells.items() if column <= until or column == min(cells)]
        looked += [cells[name] for name in names if name in cells]
        for cell in looked:
            if isinstance(cell, str) and len(cell) <= 2 * _LONGEST_SUBTOTAL:
                key = head_key(cell)
                if any(form.fullmatch(key) for form in (SUBTOTAL, _ALL_COUNTED, _WRITTEN_SUM)):
                    return not any(map(is_sound_id, cells.values()))
                if len(key) <= _LONGEST_SUBTOTAL and key.endswith(("小计", "合计", "总计")):
                    return not any(map(is_sound_id, cells.values()))
        return False

    def _continues(self, row: int, block: Block) -> bool:
        """Whether the row lies in a name merged downwards from a row above."""
        column = block.name if block.name is not None else block.identity
        merge = None if column is None else self._merges.over(row, column)
        return merge is not None and self._head.bottom < merge.top < row and merge.left == merge.right

    def _kind(self, row: int, block: Block, cells: Mapping[int, Value]) -> Kind:
        own = {one.column: cells[one.column] for one in block.columns if one.column in cells}
        if self._continues(row, block):
            return Kind.MORE
        if block.name is None:
            return self._kind_by_identity(block, own)
        value = own.get(block.name, "")
        of_persons = self._vocabulary.of_persons
        longest = _LONGEST_NAME if of_persons else _LONGEST_TITLE
        name = name_in(value, longest) if isinstance(value, str) else ""
        said = {
            column: cell
            for column, cell in own.items()
            if column not in self._numbering and column != block.name
        }
        if not name:
            return self._nameless(said)
        spread = self._merges.width(row, block.name) > self._headed_over(block.name)
        return self._kind_by_name(block, name, own, said, spread=spread)

    def _kind_by_name(
        self, block: Block, name: str, own: Mapping[int, Value], said: Mapping[int, Value], *, spread: bool
    ) -> Kind:
        """What a row with a believable name is; ``said`` is what it holds beside name and number.

        ``spread``: the name is merged over more columns than its heading.
        """
        of_persons = self._vocabulary.of_persons
        if of_persons and self._vocabulary.is_label(name) and not any(map(is_sound_id, said.values())):
            return Kind.NOTE
        if self._is_marked(own) or not of_persons:
            return Kind.SAMPLE if self._is_marked(own) else Kind.PERSON
        lonely = not said and len(block.columns) > 1 and len(own) == 1 and _UNIT.fullmatch(name)
        if lonely or spread:
            return Kind.NOTE
        identity = own.get(block.identity, "") if block.identity is not None else ""
        return Kind.SAMPLE if _PLACEHOLDER.fullmatch(name) and not is_sound_id(identity) else Kind.PERSON

    def _is_marked(self, own: Mapping[int, Value]) -> bool:
        """Whether the row's number says that it shows how to fill in the others."""
        return any(
            isinstance(cell, str) and _SAMPLE_MARK.fullmatch(cell)
            for column, cell in own.items()
            if column in self._numbering
        )

    def _nameless(self, said: Mapping[int, Value]) -> Kind:
        texts = [
            cell for cell in said.values() if not (isinstance(cell, str) and _HOLLOW.fullmatch(cell.strip()))
        ]
        if not texts:
            return Kind.EMPTY
        if len(texts) == 1 and isinstance(texts[0], str) and not is_sound_id(texts[0]):
            return Kind.NOTE
        return Kind.NO_NAME

    def _kind_by_identity(self, block: Block, own: Mapping[int, Value]) -> Kind:
        """In a table without names: a row with an ID number is somebody."""
        value = own.get(block.identity, "") if block.identity is not None else ""
        if filled(value) and not (isinstance(value, str) and _HOLLOW.fullmatch(value.strip())):
            return Kind.PERSON
        said = [cell for column, cell in own.items() if column not in self._numbering]
        return Kind.NO_NAME if said else Kind.EMPTY
