"""The truth of a page as JSON: what was set, and where it is on the image."""

from __future__ import annotations

from typing import Any

import numpy as np

from .degrade import Warp
from .sheet import Article, SetLine, Sheet

Json = dict[str, Any]


def truth(sheet: Sheet, level: str, warp: Warp, image_size: tuple[int, int]) -> Json:
    """Everything known about the page. Boxes are those of the clean page."""
    return {
        "family": sheet.family,
        "level": level,
        "seed": sheet.seed,
        "dpi": sheet.dpi,
        "size": [sheet.width, sheet.height],
        "image_size": list(image_size),
        "font": sheet.font,
        "vertical": sheet.vertical,
        "transform": [[round(float(v), 9) for v in row] for row in warp.matrix],
        "bend": [round(v, 4) for v in warp.bend],
        "articles": [_article(a) for a in sheet.articles],
        "furniture": [{"text": t, "box": b.rounded()} for t, b in sheet.furniture],
        "captions": sheet.captions,
        "adverts": sheet.adverts,
        "tables": [{"box": t.box.rounded(), "rows": t.rows} for t in sheet.tables],
        "pictures": [p.box.rounded() for p in sheet.pictures],
        "rules": [r.box.rounded() for r in sheet.rules],
        "boxes": [f.box.rounded() for f in sheet.boxes],
        "lines": [_line(line, warp) for line in sheet.lines],
    }


def _article(article: Article) -> Json:
    return {
        "headline": article.headline,
        "kicker": article.kicker or None,
        "subtitle": article.subtitle or None,
        "byline": article.byline or None,
        "continued_on": article.continued_on or None,
        "continued_from": article.continued_from or None,
        "vertical": article.vertical,
        "paragraphs": [
            {"text": p.text, "sub": p.sub, **({"cut": True} if p.cut else {})}
            for p in article.paragraphs
        ],
        "frames": [
            {
                "box": frame.box.rounded(),
                "fragments": [{"p": f.paragraph, "text": f.text} for f in frame.fragments],
            }
            for frame in article.frames
        ],
        "headboxes": {role: box.rounded() for role, box in article.headboxes.items()},
    }


def _line(line: SetLine, warp: Warp) -> Json:
    b = line.box
    corners = np.array([[b.x0, b.y0], [b.x1, b.y0], [b.x1, b.y1], [b.x0, b.y1]])
    return {
        "text": line.text,
        "role": line.role,
        "box": b.rounded(),
        "polygon": [[round(float(x), 1), round(float(y), 1)] for x, y in warp.forward(corners)],
        "article": line.article,
        "paragraph": line.paragraph,
        "frame": line.frame,
        "vertical": line.vertical,
        "size_px": round(line.size, 1),
        "face": line.face.name,
    }


def reference(page: Json) -> str:
    """The articles as plain text: headline first, a blank line between paragraphs."""
    articles: list[str] = []
    for article in page["articles"]:
        parts = [article["kicker"], article["headline"], article["subtitle"], article["byline"]]
        parts = [part for part in parts if part]
        parts += [p["text"] for p in article["paragraphs"]]
        articles.append("\n\n".join(parts))
    return "\n\n\n".join(articles) + "\n"
