"""Who governs, who works with figures and who just visits: each finds her answers without searching."""

import re
import shutil
import subprocess

import pytest

COALITION = "/coalities/noord-en-midden-limburg"
BOARD = f"{COALITION}/bestuur/"
# How far somebody looks who has two minutes.
FIRST_LOOK = 1400
# Each question of an alderman, and words of its answer.
QUESTIONS = {
    "where do we stand": r"ongunstiger dan Nederland|verschilt duidelijk van Nederland|verschillen niet",
    "who has not signed": r"van de \d+ leden hebben getekend.*Nog niet",
    "what is stuck": r"Zit vast: \w",
    "my municipality": r"Venlo",
    "what is asked of me": r"Neem Nu Niet Zwanger op in de begroting",
}


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_is_answered_in_the_first_look(visit, question):
    page = visit("alderman")
    page.goto(BOARD)
    seen = page.evaluate(
        """(bottom) => [...document.querySelectorAll("main p, main dd, main dt, main li")]
            .filter((part) => part.getBoundingClientRect().bottom + window.scrollY <= bottom)
            .map((part) => part.textContent).join(" | ")""",
        FIRST_LOOK,
    )
    assert re.search(QUESTIONS[question], flat(seen)), seen


def test_the_sheet_answers_the_same_questions(visit):
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext (poppler-utils) staat niet op deze machine.")
    page = visit("alderman")
    page.goto(BOARD)
    pdf = page.request.get(f"{COALITION}/bestuur.pdf").body()
    found = subprocess.run([reader, "-", "-"], input=pdf, capture_output=True, check=True)
    # Words that were broken at the end of a line are whole again.
    text = flat(re.sub(r"-\n(?=[a-z])", "", found.stdout.decode()))
    for question, answer in QUESTIONS.items():
        assert re.search(answer.replace(".*", ".{0,600}"), text), (question, text)
    assert "Het geld" in text


def test_money_is_told_in_the_first_look(visit):
    page = visit("alderman")
    page.goto(BOARD)
    box = page.get_by_text(re.compile("Toegezegd €")).bounding_box()
    assert box["y"] + box["height"] < FIRST_LOOK


def test_an_analyst_follows_a_number_to_its_file_and_row(visit):
    page = visit("analyst")
    page.goto("/indicatoren/vroeggeboorte/?gebied=noord-en-midden-limburg&periode=2023")
    assert page.get_by_role("heading", name="Voor analisten").is_visible()
    page.get_by_role("link", name=re.compile(r"Venlo: waar dit getal vandaan komt")).click()
    text = flat(page.locator("main").inner_text())
    assert "demonstratiecijfers.csv" in text
    assert re.search(r"SHA-256\) [0-9a-f]{64}", text)
    assert re.search(r"Venlo 58 919 demonstratiecijfers\.csv \d+", text)


def test_an_analyst_reads_what_partners_read_in_a_figure(visit):
    page = visit("analyst")
    page.goto("/indicatoren/vroeggeboorte/?gebied=noord-en-midden-limburg")
    page.get_by_role("link", name="Zo lezen partners dit cijfer (duiding)").click()
    text = flat(page.locator("main").inner_text())
    assert "Gezamenlijke duiding" in text
    assert "Toch wachten wij niet" in text


def test_a_visitor_compares_without_an_account_and_sees_no_discussion(visit):
    page = visit()
    page.goto("/indicatoren/vroeggeboorte/?gebied=GM0983")
    page.get_by_role("link", name="Noord- en Midden-Limburg", exact=True).first.click()
    page.get_by_role("heading", name="Per gemeente").wait_for()
    text = flat(page.locator("main").inner_text())
    assert "de rest van Noord- en Midden-Limburg" in text
    assert "duiding" not in text.lower()
    page.goto(BOARD)
    assert "/inloggen/" in page.url


def test_a_meeting_reads_one_figure_on_one_sheet(visit):
    page = visit()
    page.goto("/indicatoren/vroeggeboorte/?gebied=noord-en-midden-limburg")
    page.get_by_role("link", name="Toon op groot scherm").click()
    page.get_by_role("button", name="Print dit blad").wait_for()
    assert page.evaluate("document.documentElement.scrollHeight") < 1000
    paper = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
