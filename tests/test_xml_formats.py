"""Reading ALTO, PAGE and hOCR: text, places, order, confidence; and what is refused."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from evaluation import SAMPLES

from digitize.evaluate import compare, read
from digitize.formats.alto import from_alto
from digitize.formats.hocr import from_hocr
from digitize.formats.page_xml import from_page_xml
from digitize.geometry import Box, WritingMode
from digitize.model import RegionKind
from digitize.reflow import reflow

ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">
 <Description><MeasurementUnit>{unit}</MeasurementUnit></Description>
 <Layout><Page ID="p" WIDTH="1000" HEIGHT="2000">
  <TopMargin HPOS="0" VPOS="0" WIDTH="1000" HEIGHT="90">
   <TextBlock ID="head" HPOS="10" VPOS="10" WIDTH="300" HEIGHT="50">
    <TextLine ID="h1" HPOS="10" VPOS="10" WIDTH="300" HEIGHT="50">
     <String CONTENT="河西都市报" HPOS="10" VPOS="10" WIDTH="300" HEIGHT="50"/>
    </TextLine></TextBlock>
  </TopMargin>
  <PrintSpace HPOS="0" VPOS="100" WIDTH="1000" HEIGHT="1900">
   <TextBlock ID="b2" HPOS="500" VPOS="100" WIDTH="400" HEIGHT="80">
    <TextLine ID="l3" HPOS="500" VPOS="100" WIDTH="400" HEIGHT="30">
     <String CONTENT="The" WC="0.9" HPOS="500" VPOS="100" WIDTH="90" HEIGHT="30"/><SP/>
     <String CONTENT="end" WC="0.5" HPOS="600" VPOS="100" WIDTH="90" HEIGHT="30"/>
    </TextLine></TextBlock>
   <ComposedBlock ID="c"><TextBlock ID="b1" HPOS="10" VPOS="100" WIDTH="400" HEIGHT="80">
    <TextLine ID="l1" HPOS="10" VPOS="100" WIDTH="400" HEIGHT="30">
     <Shape><Polygon POINTS="10,100 410,104 410,134 10,130"/></Shape>
     <String CONTENT="锂电" WC="0.8" HPOS="10" VPOS="100" WIDTH="60" HEIGHT="30">
      <Glyph CONTENT="锂" GC="0.7" HPOS="10" VPOS="101" WIDTH="28" HEIGHT="28"/>
      <Glyph CONTENT="电" GC="0.9" HPOS="40" VPOS="101" WIDTH="28" HEIGHT="28"/></String><SP/>
     <String CONTENT="产业" WC="0.6" HPOS="70" VPOS="100" WIDTH="60" HEIGHT="30"/></TextLine>
    <TextLine ID="l1" HPOS="10" VPOS="150" WIDTH="30" HEIGHT="300">
     <String CONTENT="竖排文字" HPOS="10" VPOS="150" WIDTH="30" HEIGHT="300"/>
    </TextLine></TextBlock>
   </ComposedBlock>
   <Illustration ID="i" HPOS="10" VPOS="600" WIDTH="300" HEIGHT="300"/>
   <GraphicalElement ID="g" HPOS="10" VPOS="950" WIDTH="900" HEIGHT="3"/>
  </PrintSpace></Page></Layout></alto>"""

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
 <Page imageFilename="scan.png" imageWidth="1000" imageHeight="2000">
  <ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="r1"/>
   <OrderedGroupIndexed id="gg" index="0"><RegionRefIndexed index="0" regionRef="r2"/>
   </OrderedGroupIndexed></OrderedGroup></ReadingOrder>
  <TextRegion id="r0" type="header"><Coords points="0,0 900,0 900,50 0,50"/>
   <TextLine id="h"><Coords points="0,0 900,0 900,50 0,50"/>
    <TextEquiv><Unicode>河西都市报</Unicode></TextEquiv></TextLine></TextRegion>
  <TextRegion id="r1" type="paragraph"><Coords points="0,100 400,100 400,200 0,200"/>
   <TextEquiv><Unicode>后一段</Unicode></TextEquiv></TextRegion>
  <TextRegion id="r2" readingDirection="top-to-bottom"><Coords points="500,100 600,100 600,500"/>
   <TextLine id="l1"><Coords points="570,100 600,100 600,500 570,500"/>
    <TextEquiv index="1"><Unicode>错的</Unicode></TextEquiv>
    <TextEquiv index="0" conf="0.75"><Unicode>锂电产业</Unicode></TextEquiv></TextLine>
   <TextLine id="l2"><Coords points="530,100 560,100 560,500 530,500"/>
    <Word id="w"><Coords points="530,100 560,100 560,160 530,160"/>
     <Glyph id="g1"><Coords points="530,100 560,100 560,130 530,130"/>
      <TextEquiv conf="0.5"><Unicode>今</Unicode></TextEquiv></Glyph>
     <Glyph id="g2"><Coords points="530,130 560,130 560,160 530,160"/>
      <TextEquiv conf="0.7"><Unicode>年</Unicode></TextEquiv></Glyph></Word></TextLine></TextRegion>
  <ImageRegion id="i"><Coords points="0,600 9,600 9,700"/></ImageRegion>
  <SeparatorRegion id="s"><Coords points="450,0 453,0 453,900 450,900"/></SeparatorRegion>
 </Page></PcGts>"""

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><body>
 <div class="ocr_page" id="page_1" title='image "scan.png"; bbox 0 0 1000 2000; scan_res 300 300'>
  <div class="ocr_carea" id="c1" title="bbox 0 0 900 300">
   <p class="ocr_par" id="p1" title="bbox 0 0 900 90">
   <span class="ocr_line" id="l1" title="bbox 0 0 900 40; baseline 0 0">
    <span class="ocrx_word" id="w1" title="bbox 0 0 60 40; x_wconf 90">锂电</span>
    <span class="ocrx_word" title="bbox 60 0 120 40; x_wconf 70"><strong>产业</strong></span>
    <span class="ocrx_word" id="w3" title="bbox 130 0 190 40; x_wconf 80">CATL</span>
    <span class="ocrx_word" id="w4" title="bbox 200 0 260 40; x_wconf 80">2024</span></span>
   <span class="ocr_header" id="l2" title="bbox 0 50 900 90">没有词的行</span></p></div>
  <div class="ocr_photo" title="bbox 0 400 300 700"></div>
 </div></body></html>"""


def test_alto() -> None:
    page = from_alto(ALTO.format(unit="pixel").encode())
    assert (page.size, page.dpi) == ((1000, 2000), None)
    lines = {line.text: line for line in page.lines}
    assert list(lines) == ["河西都市报", "The end", "锂电产业", "竖排文字"]
    assert len({line.id for line in page.lines}) == 4  # an id that occurs twice is made up anew
    first = lines["锂电产业"]
    assert first.polygon.points == ((10, 100), (410, 104), (410, 134), (10, 130))
    assert first.confidence == pytest.approx(0.7)
    assert [(g.text, g.confidence) for g in first.glyphs] == [("锂", 0.7), ("电", 0.9)]
    assert first.em == 28
    assert lines["竖排文字"].writing_mode is WritingMode.VERTICAL
    assert lines["竖排文字"].em == 30
    assert lines["The end"].confidence == pytest.approx(0.7)
    assert lines["河西都市报"].confidence == 1  # the file has none
    kinds = {region.id: region.kind for region in page.regions}
    assert kinds == {
        "head": RegionKind.FURNITURE,
        "b2": RegionKind.TEXT,
        "b1": RegionKind.TEXT,
        "i": RegionKind.PICTURE,
    }
    assert [s.vertical for s in page.separators] == [False]
    assert lines["河西都市报"].id not in page.order
    assert len(page.order) == 3


def test_alto_in_other_units_and_with_an_order() -> None:
    text = ALTO.format(unit="mm10").replace(
        "<Layout>",
        '<ReadingOrder><OrderedGroup><ElementRef REF="b1"/><ElementRef REF="b2"/></OrderedGroup>'
        "</ReadingOrder><Layout>",
    )
    page = from_alto(text.encode())
    assert page.dpi == 300
    assert page.size == (1181, 2362)  # tenths of a millimetre
    order = {line.id: line.text for line in page.lines}
    assert [order[i] for i in page.order] == ["锂电产业", "竖排文字", "The end"]
    with pytest.raises(ValueError, match="unit"):
        from_alto(ALTO.format(unit="ell").encode())


def test_page_xml() -> None:
    page = from_page_xml(PAGE.encode())
    assert page.size == (1000, 2000)
    lines = {line.id: line for line in page.lines}
    assert [lines[i].text for i in page.order] == ["锂电产业", "今年", "后一段"]
    assert lines["l1"].confidence == 0.75
    assert lines["l1"].writing_mode is WritingMode.VERTICAL
    assert [(g.text, g.confidence) for g in lines["l2"].glyphs] == [("今", 0.5), ("年", 0.7)]
    assert lines["l2"].confidence == pytest.approx(0.6)
    assert lines["l2"].em == 30
    last = lines[page.order[-1]]
    assert last.polygon.box == Box(0, 100, 400, 200)  # the region's own
    assert page.regions[0].kind is RegionKind.FURNITURE
    assert [s.vertical for s in page.separators] == [True]


def test_page_xml_of_2010() -> None:
    old = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2010-03-19">
     <Page imageWidth="100" imageHeight="50"><TextRegion id="r"><Coords>
      <Point x="1" y="2"/><Point x="90" y="2"/><Point x="90" y="40"/></Coords>
      <TextEquiv><Unicode>一行\n二行</Unicode></TextEquiv></TextRegion></Page></PcGts>"""
    page = from_page_xml(old.encode())
    assert [line.text for line in page.lines] == ["一行", "二行"]
    assert page.lines[0].polygon.box == Box(1, 2, 90, 21)
    assert page.lines[1].polygon.box == Box(1, 21, 90, 40)


def test_hocr() -> None:
    page = from_hocr(HOCR.encode())
    assert (page.size, page.dpi) == ((1000, 2000), 300)
    assert [line.text for line in page.lines] == ["锂电产业CATL 2024", "没有词的行"]
    assert page.lines[0].confidence == pytest.approx((2 * 0.9 + 2 * 0.7 + 8 * 0.8) / 12)
    assert page.lines[0].polygon.box == Box(0, 0, 900, 40)
    assert [r.kind for r in page.regions] == [RegionKind.TEXT, RegionKind.PICTURE]
    assert page.regions[0].line_ids == ("l1", "l2") == page.order


def test_hocr_that_is_html_and_no_xml() -> None:
    sloppy = HOCR.split("?>", 1)[1].replace("</div></body></html>", "<br></body>")
    sloppy = sloppy.replace("没有词的行", "没有&nbsp;词")
    page = from_hocr(sloppy.encode())
    assert [line.text for line in page.lines] == ["锂电产业CATL 2024", "没有词"]


READERS = {
    "alto": (from_alto, ALTO.format(unit="pixel")),
    "page": (from_page_xml, PAGE),
    "hocr": (from_hocr, HOCR),
}


@pytest.mark.parametrize("name", READERS)
def test_a_page_that_is_read_can_be_put_in_order(name: str) -> None:
    reader, text = READERS[name]
    page = reader(text.encode())
    found = reflow(page)
    read_again = [i for a in found.articles for p in a.paragraphs for i in p.line_ids]
    read_again += [i for f in found.furniture for i in f.line_ids]
    assert sorted(read_again) == sorted(line.id for line in page.lines if line.text)


@pytest.mark.parametrize("name", READERS)
def test_utf_16(name: str, tmp_path: Path) -> None:
    _, text = READERS[name]
    path = tmp_path / "page.xml"
    path.write_bytes(text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"))
    assert read(path).kind == name


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("wrong", ["", "<x/>", "<alto/>", "<PcGts/>", "<html/>", "甲", "<alto"])
def test_what_is_not_such_a_file(name: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        READERS[name][0](wrong.encode())


BOMB = """<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY a "锂锂锂锂"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY file SYSTEM "{path}">]>"""


@pytest.mark.parametrize("name", READERS)
def test_entities_are_refused_and_files_not_opened(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    reader, text = READERS[name]
    body = text[text.index("<html") if name == "hocr" else text.index("?>") + 2 :]
    attack = BOMB.format(path=secret.as_uri()) + body.replace("锂电", "&file;&b;")
    with suppress(ValueError):  # refused, or (as sloppy HTML) read without the entities
        text = "".join(line.text for line in reader(attack.encode()).lines)
        assert "机密" not in text
        assert "锂锂" not in text


@pytest.mark.parametrize("name", ["alto", "page"])
def test_a_file_that_declares_entities_is_told_of(name: str) -> None:
    reader, text = READERS[name]
    body = text[text.index("?>") + 2 :]
    with pytest.raises(ValueError, match="entities"):
        reader((BOMB.format(path="file:///etc/hostname") + body).encode())


def test_several_pages_are_refused() -> None:
    two = HOCR.replace("</body>", '<div class="ocr_page" title="bbox 0 0 9 9"></div></body>')
    with pytest.raises(ValueError, match="2 pages"):
        from_hocr(two.encode())


@pytest.mark.slow
def test_tesseract_s_own_files_hold_what_its_text_holds(tmp_path: Path) -> None:
    """The real program writes text, ALTO and hOCR of one page in one run."""
    out = tmp_path / "page"
    subprocess.run(
        ["tesseract", SAMPLES / "zaozhuang-2col-clean.png", out, "-l", "chi_sim", "--psm", "1",
         "-c", "tessedit_create_alto=1", "-c", "tessedit_create_hocr=1",
         "-c", "tessedit_create_txt=1"],
        check=True, capture_output=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    text = read(f"{out}.txt")
    for name in ("page.xml", "page.hocr"):
        found = read(tmp_path / name)
        assert compare(found, text).figures.characters.errors == 0
        assert len(found.page.lines if found.page else ()) > 100
        assert all(line.confidence < 1 for line in (found.page.lines if found.page else ()))
