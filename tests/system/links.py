#!/usr/bin/env python3
"""Every link of a site that stays in the site leads to a page, and to a place on it: links.py FOLDER. Prints those that do not."""

import sys
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path


class Page(HTMLParser):
    """Where a page links to, and the places that can be linked to on it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links, self.places = [], {"", "top"}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name in ("id", "name") and value:
                self.places.add(value)


def main() -> int:
    root = Path(sys.argv[1]).resolve()
    pages = {path: Page(path) for path in root.rglob("*.html")}
    dead = 0
    for path, page in sorted(pages.items()):
        for link in page.links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            if not target.exists():
                print("%s: %s leads nowhere" % (path.relative_to(root), link))
                dead += 1
            elif target in pages and urllib.parse.unquote(parts.fragment) not in pages[target].places:
                print("%s: %s leads to no place of that page" % (path.relative_to(root), link))
                dead += 1
    print("%d pages, %d links, %d dead" % (len(pages), sum(len(page.links) for page in pages.values()), dead))
    return int(dead > 0 or len(pages) < 20)


sys.exit(main())
