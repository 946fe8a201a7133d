"""An alderman takes one sheet of paper to the meeting."""

import re

BOARD = "/coalities/noord-en-midden-limburg/bestuur/"


def test_the_board_page_prints_on_one_a4(visit):
    """Also on kept data, where every earlier run left an invitation: only the first are printed."""
    page = visit("alderman")
    page.goto(BOARD)
    paper = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
