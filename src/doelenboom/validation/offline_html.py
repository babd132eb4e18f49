"""Makes a page of Data Docs readable without network and without scripts.

Great Expectations' pages fetch scripts, style sheets, icons and a logo. Here everything that
would be fetched or run is left out, icons become words and folded blocks become `<details>`.
"""

from html import escape
from html.parser import HTMLParser
from pathlib import Path

_DROPPED = {"script", "style", "title", "iframe", "footer", "form", "button", "object", "video"}
_VOID_DROPPED = {"link", "img", "meta", "input", "embed", "source"}
_VOID = _VOID_DROPPED | {"br", "hr", "col", "wbr"}
_KEPT_ATTRIBUTES = {"id", "class", "href", "colspan", "rowspan", "hidden", "aria-label"}
_ICONS = {
    "fa-check-circle": '<strong class="status pass">✓ passed</strong>',
    "fa-times": '<strong class="status fail">✗ failed</strong>',
    "fa-exclamation-triangle": '<strong class="status broken">! broken</strong>',
}
_HEADINGS = {"h4": "h1", "h5": "h2", "h6": "h3"}
Attributes = list[tuple[str, str | None]]


def page_head(title: str) -> str:
    """Give the head of a page: its title and our style sheet, inline."""
    style = Path(__file__).with_name("data_docs.css").read_text(encoding="utf-8")
    return (
        f'<head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{style}</style></head>"
    )


def offline(html: str, title: str) -> str:
    """Rewrite a page of Data Docs one folder deep; links between pages become relative to it."""
    page = _OfflinePage(title)
    page.feed(html)
    page.close()
    return "".join(page.parts)


class _OfflinePage(HTMLParser):
    """Copies what a reader needs; holds the elements that are open while it does."""

    def __init__(self, title: str) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._title = title
        self._dropping: list[str] = []
        self._div_ends: list[str] = []
        self._summary: list[str] | None = None
        self._summary_text = "More"

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Copy, translate or leave out an element."""
        tag = _HEADINGS.get(tag, tag)
        classes = (dict(attrs).get("class") or "").split()
        if self._dropping or tag in _DROPPED or _is_action_card(tag, classes):
            if tag not in _VOID:
                self._dropping.append(tag)
        elif tag == "a" and ("data-toggle", "collapse") in attrs:
            self._summary = []
        elif tag == "i":
            hidden = "aria-hidden" in dict(attrs)
            self.parts.extend(_ICONS[name] for name in classes if name in _ICONS and not hidden)
        elif tag not in _VOID_DROPPED:
            self._copy_start(tag, attrs, classes)

    def _copy_start(self, tag: str, attrs: Attributes, classes: list[str]) -> None:
        if tag == "head":
            self.parts.append(page_head(self._title))
            return
        if tag == "div":
            folded = "collapse" in classes
            self._div_ends.append("</div></details>" if folded else "</div>")
            if folded:
                self.parts.append(f"<details><summary>{escape(self._summary_text)}</summary>")
        language = ' lang="en"' if tag == "html" else ""
        self.parts.append(f"<{tag}{language}{_kept(attrs)}>")

    def handle_endtag(self, tag: str) -> None:
        """Close what was copied; end what is left out."""
        tag = _HEADINGS.get(tag, tag)
        if self._dropping:
            if tag == self._dropping[-1]:
                self._dropping.pop()
        elif tag == "a" and self._summary is not None:
            self._summary_text = " ".join("".join(self._summary).split()).rstrip(".")
            self._summary = None
        elif tag == "div":
            self.parts.append(self._div_ends.pop() if self._div_ends else "")
        elif tag not in _VOID | _DROPPED | {"i", "head"}:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Copy text, or keep it as the label of the folded block that follows."""
        if self._dropping:
            return
        (self.parts if self._summary is None else self._summary).append(data)

    def handle_entityref(self, name: str) -> None:
        """Copy `&name;` as it is."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Copy `&#name;` as it is."""
        self.handle_data(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """Copy the document type."""
        self.parts.append(f"<!{decl}>")


def _is_action_card(tag: str, classes: list[str]) -> bool:
    """Tell the card with buttons that need a script."""
    return tag == "div" and set(classes) == {"card", "mb-3"}


def _kept(attrs: Attributes) -> str:
    kept = ((name, value) for name, value in attrs if name in _KEPT_ATTRIBUTES)
    return "".join(
        f" {name}" if value is None else f' {name}="{escape(_relative(name, value))}"'
        for name, value in kept
    )


def _relative(name: str, value: str) -> str:
    """Shorten a link to another page: all pages but the index stand one folder deep."""
    inside = name == "href" and value.startswith("../")
    return f"../{value.replace('../', '')}" if inside else value
