"""Make an edition of any size from the real seeds: about 1,200 words and 10 notes a text, twenty texts a seed."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS, NOTES, TEXTS_A_SEED = 1200, 10, 20
PLAIN = "It has ten plain words that a reader can read. "
KINDS = ("claim", "context", "framing", "term", "person")


def make(target: Path, texts: int) -> None:
    """Write an edition of `texts` texts into `target`, which is emptied first. The same number gives the same edition."""
    shutil.rmtree(target, ignore_errors=True)
    for name in ("seeds", "editorial/registers/claims", "editorial/registers/works", "docs"):
        (target / name).mkdir(parents=True)
    shutil.copytree(ROOT / "overrides", target / "overrides")
    shutil.copytree(ROOT / "docs/assets", target / "docs/assets")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    start, end = config.index("\nnav:"), config.index("\nvalidation:")
    nav = "\nnav:\n  - index.md\n  - texts/index.md\nnot_in_nav: |\n  *\n"
    (target / "mkdocs.yml").write_text(config[:start] + nav + config[end:], encoding="utf-8")
    (target / "docs/teachers.md").write_text("# For teachers\n", encoding="utf-8")
    (target / "docs/method.md").write_text("# Method\n\n## Status {: #status }\n", encoding="utf-8")
    _registers(target)
    paragraphs = [
        line
        for seed in sorted((ROOT / "seeds").glob("*.txt"))
        for line in re.split(r"\n+", seed.read_text(encoding="utf-8"))
        if len(line.split()) > 30 and not re.search("[\u0600-\u06ff]", line)
    ]
    dice = random.Random(texts)
    for number in range(0, texts, TEXTS_A_SEED):
        _seed(target, number // TEXTS_A_SEED, min(TEXTS_A_SEED, texts - number), paragraphs, dice)


def _seed(target: Path, number: int, count: int, paragraphs: list[str], dice: random.Random) -> None:
    key, lines, texts = f"s{number:05}", list[str](), list[str]()
    folder = target / "editorial" / key
    folder.mkdir()
    for index in range(count):
        title = f"Text {index} of seed {number}"
        lines += [title, ""]
        texts.append(f"  - {{id: t{index}, begins: '{title}'}}")
        quotes, words, line = list[str](), 0, 0
        while words < WORDS:
            chosen = dice.choice(paragraphs).split()
            for at in range(0, len(chosen), 10):
                chosen[at] = f"{chosen[at]}{dice.randrange(10**6)}"
            words += len(chosen)
            line += 1
            paragraph = f"N{line}x{index} " + " ".join(chosen)
            lines += [paragraph, ""]
            if len(quotes) < NOTES:
                quotes += [" ".join(paragraph.split(" ")[:4]), " ".join(paragraph.split(" ")[8:14])]
        (folder / f"t{index}.yml").write_text(_text(title, quotes[:NOTES]), encoding="utf-8")
    words_ = "\n".join(lines)
    (target / "seeds" / f"{key}.txt").write_text(words_, encoding="utf-8")
    (folder / "seed.yml").write_text(
        "\n".join(
            [
                f"file: {key}.txt",
                f"sha256: {hashlib.sha256(words_.encode()).hexdigest()}",
                f"title: Seed {number}",
                "about: Made for measuring.",
                "outlet: o0",
                "texts:",
                *texts,
                "",
            ]
        ),
        encoding="utf-8",
    )


def _text(title: str, quotes: list[str]) -> str:
    notes = []
    for index, quote in enumerate(quotes):
        kind = KINDS[index % len(KINDS)]
        pointer = {"claim": f", claim: c{index}", "term": f", term: t{index}", "person": f", person: p{index}"}.get(
            kind, f", note: Note {index} on {title}. " + PLAIN * 4
        )
        notes.append(f"  - {{id: n{index}, kind: {kind}, quote: {json.dumps(quote)}{pointer}, sources: [w{index}]}}")
    return "\n".join(
        [
            f"title: {title}",
            f"short: {title}",
            "outlet: o0",
            "byline: unsigned",
            "language: en",
            "genre: report",
            "form: report",
            "revised: 2026-11-20",
            "date: {shown: May 2021, earliest: 2021-05, certainty: certain, why: Made so.}",
            "speaking: " + "word " * 40,
            "evidence: {good: its words, not_good: anything else}",
            "chain: [{hand: An outlet, role: outlet, outlet: o0, did: printed it, certainty: certain, why: Made so.}]",
            f"blocks: {{title: ['{title}']}}",
            "annotations:",
            *notes,
            "",
        ]
    )


def _registers(target: Path) -> None:
    registers = target / "editorial/registers"
    (target / "editorial/edition.yml").write_text(
        "title: Measured\nsubtitle: s\neditors: [e]\nlicence: l\ncontact: c\nissued: 2026\n", encoding="utf-8"
    )
    claims = "".join(
        f"- {{id: c{i}, statement: Statement {i}, status: supported, known: {PLAIN * 5}, sources: [w{i}], checked: 2026-11-20}}\n" for i in (0, 5)
    )
    (registers / "claims/all.yml").write_text("topic: All\nclaims:\n" + claims, encoding="utf-8")
    facts = "sources: [w0], checked: 2026-11-20"
    (registers / "outlets.yml").write_text(
        "- {id: o0, name: Outlet, affiliation: nobody's, country: c, what: w, owner: o, self_description: s, others: o, "
        f"reading: r, side: axis, {facts}}}\n",
        encoding="utf-8",
    )
    (registers / "terms.yml").write_text(
        "".join(f"- {{id: t{i}, name: Term {i}, meaning: {'word ' * 20}, use: u, {facts}}}\n" for i in (3, 8)), encoding="utf-8"
    )
    (registers / "people.yml").write_text(
        "".join(f"- {{id: p{i}, name: Person {i}, then: {'word ' * 20}, {facts}}}\n" for i in (4, 9)), encoding="utf-8"
    )
    works = [
        {
            "id": f"w{i}",
            "type": "report",
            "title": f"Work {i}",
            "publisher": f"Publisher {i}",
            "issued": {"date-parts": [[2020]]},
            "custom": {"kind": "research", "side": "none", "read": "2026-11-20"},
        }
        for i in range(NOTES)
    ]
    (registers / "works/works.json").write_text(json.dumps(works), encoding="utf-8")
