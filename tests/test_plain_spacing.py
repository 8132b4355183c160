from __future__ import annotations

import pytest

from digitize.reflow.plain.repair import reflow_text

SPACED_WORDS = "全省 粮食 总产 达到 五百 亿斤 ， 创 历史 新高 ， 农民 收入 连续 十年 增长 。\n"


@pytest.mark.parametrize(
    ("spaced", "closed"),
    [
        ("今 年 全 省 粮 食 总 产 达 到 新 高 。\n", "今年全省粮食总产达到新高。\n"),
        ("2 0 2 4 年 全 省 粮 食 总 产 达 到 新 高 。\n", "2024年全省粮食总产达到新高。\n"),
        (SPACED_WORDS, "全省粮食总产达到五百亿斤，创历史新高，农民收入连续十年增长。\n"),
        ("顶 压 前 行   交 出 稳 中 向 好 答 卷\n", "顶压前行 交出稳中向好答卷\n"),
        (f"## 顶压前行 交出答卷\n\n{SPACED_WORDS}", None),
    ],
)
def test_spaces_between_characters_go(spaced: str, closed: str | None) -> None:
    found = reflow_text(spaced)
    assert found.spaces > 0
    if closed is not None:
        assert found.text == closed
    else:  # a headline that is set as it should be keeps its space
        assert found.text.startswith("## 顶压前行 交出答卷\n\n全省粮食总产")


@pytest.mark.parametrize(
    "text",
    [
        "通讯员 刘雅丽 记者 王 芳\n",
        "公　告\n\n全省粮食总产达到五百亿斤，创历史新高。\n",
        "床前明月光 疑是地上霜 举头望明月 低头思故乡\n",
        "王 芳  李 娜\n",
        "Linux 内核 6.1 与 Windows 11 的比较，第 3 章。\n",
    ],
)
def test_meant_spaces_stay(text: str) -> None:
    assert reflow_text(text).text == text
