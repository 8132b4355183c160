"""The copy desk: hands out stories of about the length a place on the page needs."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from .stories import Para, Story, library


class Desk:
    """Gives each story once, in an order that the seed decides."""

    def __init__(self, rng: Random, script: str = "hans") -> None:
        stories = [s for s in library() if s.script == script]
        self.rng = rng
        self.long = [s for s in stories if s.kind == "story"]
        self.short = [s for s in stories if s.kind == "brief"]
        rng.shuffle(self.long)
        rng.shuffle(self.short)
        self.script = script
        self.closers = list(CLOSERS[script])

    def take(self, chars: float) -> Story:
        """A story of about `chars` characters; if none is so long, one of the longest."""
        pool = self.long or self._refill()
        enough = [s for s in pool if s.length >= 0.8 * chars]
        story = self.rng.choice(enough or sorted(pool, key=_length)[-6:])
        pool.remove(story)
        return story

    def lengthen(self, story: Story, chars: float) -> Story:
        """The story with paragraphs of spare ones added until it has `chars` characters."""
        while story.length < chars:
            spare = self.rng.choice(self.long or self._refill())
            self.long.remove(spare)
            body = tuple(p for p in spare.paragraphs if not p.sub)
            story = replace(story, paragraphs=story.paragraphs + body)
        return story

    def brief(self, chars: float) -> Story | None:
        """A short item of at most `chars`; openings of long stories when the briefs run out."""
        for story in reversed(self.short):
            if story.length <= chars:
                self.short.remove(story)
                return story
        if self.short:
            return None
        story = self.take(0)
        body = tuple(p for p in story.paragraphs if not p.sub)[:1]
        return replace(story, paragraphs=body, kicker="", subtitle="")

    def closer(self, chars: int) -> Para | None:
        """The longest closing paragraph of at most `chars` characters; each is given once."""
        fitting = [c for c in self.closers if len(c) <= chars]
        if not fitting:
            return None
        closer = max(fitting, key=len)
        self.closers.remove(closer)
        return Para(closer)

    def _refill(self) -> list[Story]:
        stories = [s for s in library() if s.script == self.script and s.kind == "story"]
        self.rng.shuffle(stories)
        self.long = stories
        return stories


def _length(story: Story) -> int:
    return story.length


CLOSERS: dict[str, tuple[str, ...]] = {
    "hans": (
        "本报将持续关注。",
        "效果究竟如何，本报将作后续报道。",
        "截至记者发稿时，现场秩序已恢复正常。",
        "有关工作仍在进行之中。",
        "目前，这项工作正按计划推进。",
        "相关负责人表示，细则正在制定。",
        "下一步，当地还将把这一做法推广到更多乡镇。",
        "不少市民希望，这样的好事能够坚持下去，一年比一年好。",
        "记者离开时，天色已晚，院子里依旧灯火通明，人声不断。",
        "“先把眼前的事做好，别的以后再说。”临别时，他这样告诉记者。",
        "对于接下来的打算，几位受访者说得最多的是四个字：“慢慢来吧。”",
        "据介绍，后续的具体安排将在本月底前向社会公布，市民可通过服务热线了解详情并提出意见。",
        "从最初的几个人到今天的一支队伍，变化看得见、摸得着，而更大的变化，也许还在后面。",
    ),
    "hant": (
        "餘容續報。",
        "詳情容後續誌。",
        "聞者莫不稱便云。",
        "現仍在調查之中。",
        "一般人士均極重視。",
        "聞下週即可實行云。",
        "至其詳細辦法，尚待下次會議議決。",
        "各方對此，均寄以莫大之希望云。",
        "是日到會者甚衆，至下午五時始盡歡而散。",
        "據悉此事尚在磋商之中，俟有定議，再行刊布，以饗閱者。",
        "記者臨別時，主事者復殷殷以地方公益為囑，其熱心可佩。",
    ),
}
