"""The searchable PDF in pdf.js, as Firefox and many sites show it, in a real browser."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_report import chromium
from made_results import made_result
from pdf_readers import CER, bare, cer_in
from PIL import Image
from playwright.sync_api import Page

from digitize.formats.blocks import sheet_of
from digitize.formats.text import article_text
from digitize.model import PageResult, Role, Source
from digitize.pdf.document import searchable

PDF_JS = Path("/usr/share/javascript/pdf/build")
SHOW = """async data => {
  const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
  const pdf = await pdfjsLib.getDocument({data: bytes}).promise;
  const page = await pdf.getPage(1);
  const viewport = page.getViewport({scale: 1});
  const box = document.createElement('div');
  box.style.cssText = `position:absolute;inset:0;width:${viewport.width}px;
    height:${viewport.height}px;--scale-factor:1`;
  document.body.append(box);
  const style = document.createElement('style');
  style.textContent = 'span,br{position:absolute;white-space:pre;transform-origin:0 0}';
  document.head.append(style);
  const content = await page.getTextContent();
  await pdfjsLib.renderTextLayer({textContent: content, container: box, viewport}).promise;
  return content.items.map(item => item.str + (item.hasEOL ? '\\n' : '')).join('');
}"""
SELECT = """([first, last]) => {
  const spans = [...document.querySelectorAll('span')];
  const from = spans.find(s => s.textContent.startsWith(first));
  const to = spans.slice(spans.indexOf(from)).find(s => s.textContent.endsWith(last));
  const range = document.createRange();
  range.setStart(from.firstChild, 0);
  range.setEnd(to.firstChild, to.firstChild.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
}"""


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


def shown(tab: Page, result: PageResult, folder: Path) -> str:
    """The page's text as pdf.js gives it, the page being open in ``tab``."""
    assert result.page is not None
    Image.new("L", result.page.size, 255).save(folder / "scan.jpg")
    data = searchable([replace(result, source=Source(str(folder / "scan.jpg")))])
    tab.goto("about:blank")
    for name in ("pdf.js", "pdf.worker.js"):
        tab.add_script_tag(path=PDF_JS / name)
    text: Any = tab.evaluate(SHOW, base64.b64encode(data).decode())
    return str(text)


@pytest.mark.parametrize("family", ["front", "vertical"])
def test_text_comes_article_by_article(tab: Page, family: str, tmp_path: Path) -> None:
    result = made_result(family, 0)
    text = shown(tab, result, tmp_path)
    cers = {a.id: cer_in(article_text(a), text) for a in result.articles}
    assert {i: cer for i, cer in cers.items() if cer > CER} == {}


@pytest.mark.parametrize("family", ["zaozhuang-2col", "vertical"])
def test_a_paragraph_over_two_columns_is_selected_as_one(
    tab: Page, family: str, tmp_path: Path
) -> None:
    result = made_result(family, 0)
    shown(tab, result, tmp_path)
    cut = [p for s in sheet_of(result).stories for p in s.paragraphs if len(p.blocks) > 1]
    text, lines = bare(cut[0].paragraph.text), [x for block in cut[0].blocks for x in block.lines]
    assert cut[0].paragraph.role is Role.BODY
    ends = [lines[0].text[:4].strip(), lines[-1].text[-2:]]
    assert bare(tab.evaluate(SELECT, ends)) == text
