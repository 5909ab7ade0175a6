"""A work in the bibliography: the part of CSL-JSON that the edition uses, with the facts that its rules need in `custom`.

Names follow the CSL-JSON input schema, https://github.com/citation-style-language/schema.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .model import Date, Key, Side, SourceKind, Words


class _Csl(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Name(_Csl):
    """A person (`family`, `given`) or a body (`literal`)."""

    family: Words | None = None
    given: Words | None = None
    literal: Words | None = None

    @model_validator(mode="after")
    def _named(self) -> Name:
        if not (self.family or self.literal):
            raise ValueError("a name needs `family` or `literal`")
        return self


DatePart = Annotated[int, Field(ge=1, le=2999)]


class Issued(_Csl):
    """A date as CSL writes it: `{"date-parts": [[2020, 2, 10]]}`."""

    date_parts: tuple[Annotated[tuple[DatePart, ...], Field(min_length=1, max_length=3)], ...] = Field(alias="date-parts", min_length=1, max_length=2)


class Custom(_Csl):
    """What CSL has no field for."""

    kind: SourceKind
    side: Side
    read: Date
    """The day on which an editor read it."""
    nolink: bool = False
    """The address is printed, not linked: the site was seized or is listed."""
    note: Words | None = None
    """For instance that a stored copy was read, or a mirror."""


class Work(_Csl):
    """One item of the bibliography."""

    id: Key
    type: Literal[
        "article-newspaper",
        "article-magazine",
        "article-journal",
        "article",
        "webpage",
        "post-weblog",
        "book",
        "chapter",
        "report",
        "legal_case",
        "legislation",
        "speech",
        "broadcast",
        "entry-encyclopedia",
        "document",
        "thesis",
        "interview",
        "motion_picture",
        "post",
        "press-release",
    ]
    title: Words
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    translator: tuple[Name, ...] = ()
    container_title: Words | None = Field(default=None, alias="container-title")
    publisher: Words
    publisher_place: Words | None = Field(default=None, alias="publisher-place")
    issued: Issued | None = None
    volume: Words | None = None
    issue: Words | None = None
    number: Words | None = None
    page: Words | None = None
    genre: Words | None = None
    language: Words | None = None
    isbn: Words | None = Field(default=None, alias="ISBN")
    doi: Words | None = Field(default=None, alias="DOI")
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = Field(default=None, alias="URL")
    custom: Custom

    def csl(self) -> dict[str, Any]:
        """Return the item as plain CSL-JSON, without `custom`."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, exclude={"custom"})
