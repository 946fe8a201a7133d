"""Where a block goes when somebody moves it: a heading takes along what stands under it."""

from covenants.blocks import Block, BlockKind

# A heading keeps together what follows it, until the next of its own level or of a higher one.
_WITH_PARTS = {BlockKind.CHAPTER, BlockKind.ARTICLE, BlockKind.ANNEX}
_BELOW_OTHERS = {BlockKind.ARTICLE: 1, BlockKind.PARAGRAPH: 2, BlockKind.LIST: 2, BlockKind.TABLE: 2}


def run_length(blocks: list[Block], place: int) -> int:
    """How many blocks move along with the one at `place`, itself included."""
    end = place + 1
    if blocks[place]["kind"] in _WITH_PARTS:
        while end < len(blocks) and _level(blocks[end]) > _level(blocks[place]):
            end += 1
    return end - place


def place_above(blocks: list[Block], place: int) -> int:
    """Where the block at `place` comes when it goes up: before the heading that stands above it."""
    target = place - 1
    if blocks[place]["kind"] in _WITH_PARTS:
        while target > 0 and _level(blocks[target]) > _level(blocks[place]):
            target -= 1
    return max(target, 0)


def place_below(blocks: list[Block], place: int) -> int:
    """Where the block at `place` comes when it goes down, counted without what moves along."""
    after = place + run_length(blocks, place)
    if after == len(blocks):
        return place
    if blocks[place]["kind"] not in _WITH_PARTS:
        return place + 1
    if _level(blocks[after]) == _level(blocks[place]):
        return place + run_length(blocks, after)
    # An article goes into the next chapter, below what stands there before its first article.
    end = after + 1
    while end < len(blocks) and _level(blocks[end]) > _level(blocks[place]):
        end += 1
    return place + end - after


def _level(block: Block) -> int:
    return _BELOW_OTHERS.get(block["kind"], 0)
