"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const pages = all("article.page");
  const summary = one("#summary");
  const tools = one(".tools");
  const dock = one("#dock");
  const help = one("#help");
  let page = null; // the element that is shown
  let pointed = null; // the mark under the pointer
  let current = 0; // number of the difference that is selected, from 1; 0 for none

  // ---- what is known of a page, read once

  const known = new WeakMap();

  function factsOf(element) {
    if (!known.has(element)) {
      const marks = new Map();
      for (const mark of all("[data-d]", element))
        for (const number of mark.dataset.d.split(" "))
          marks.set(+number, [...(marks.get(+number) || []), mark]);
      const outlines = new Map(all("polygon[data-l]", element).map((p) => [p.dataset.l, p]));
      const { list, strips } = JSON.parse(one(".facts-data", element).textContent);
      known.set(element, { list, strips, marks, outlines });
    }
    return known.get(element);
  }

  // ---- filters

  const chosen = (name) =>
    new Set(all(`input[data-${name}]:checked`, tools).map((box) => box.dataset[name]));

  function passes(fact, filters, without = "") {
    return (
      (without === "kind" || filters.kinds.has(fact.kind)) &&
      (without === "script" || fact.scripts.some((script) => filters.scripts.has(script))) &&
      (filters.most >= 1 || (fact.confidence !== undefined && fact.confidence <= filters.most))
    );
  }

  function filter() {
    const filters = {
      kinds: chosen("kind"),
      scripts: chosen("script"),
      most: +one("#confidence").value,
    };
    one("#confidence-value").value = filters.most >= 1 ? "any" : filters.most.toFixed(2);
    const { list, marks } = factsOf(page);
    list.forEach((fact) => (fact.hidden = !passes(fact, filters)));
    for (const own of marks.values())
      for (const mark of own)
        mark.classList.toggle("off", mark.dataset.d.split(" ").every((n) => list[n - 1].hidden));
    for (const name of ["kind", "script"])
      for (const output of all(`output[data-${name}]`, tools)) {
        const value = output.dataset[name];
        const mine = (fact) => (name === "kind" ? fact.kind === value : fact.scripts.includes(value));
        output.parentElement.hidden = name === "script" && !list.some(mine);
        output.value = list.filter((fact) => mine(fact) && passes(fact, filters, name)).length;
      }
    if (current && list[current - 1].hidden) close();
    count();
  }

  function count() {
    const shown = factsOf(page).list.map((fact, i) => (fact.hidden ? 0 : i + 1)).filter(Boolean);
    const place = shown.indexOf(current) + 1;
    one("#shown").textContent = `${place || "–"} of ${shown.length}`;
    return shown;
  }

  // ---- one difference

  function element(name, text, className = "") {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function drawn(name, attributes) {
    const made = document.createElementNS(one("svg.scan", page).namespaceURI, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function boxOf(outline) {
    const points = outline.getAttribute("points").split(" ").map((point) => point.split(",").map(Number));
    const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
  }

  /** The part of the scan around a line: all of a short one, of a long one where `at` (shares) is. */
  function crop(outline, at) {
    const box = boxOf(outline);
    const upright = box.height > 1.5 * box.width; // a column of vertical type
    const [along, across] = upright ? ["height", "width"] : ["width", "height"];
    const [from, to] = upright ? ["y", "x"] : ["x", "y"];
    const em = box[across];
    // So many characters that each is about 32 px wide on the screen.
    const seen = Math.round((innerWidth * (innerWidth > 960 ? 0.55 : 0.85)) / 32);
    const reach = em * (upright ? 5 : Math.max(10, Math.min(24, seen)));
    const [start, end] = (at || [0, 0]).map((part) => box[from] + part * box[along]);
    const view = { ...box };
    view[to] -= 0.6 * em;
    view[across] += 1.2 * em;
    if (box[along] > reach) {
      const middle = Math.min((start + end) / 2, start + reach / 2);
      view[from] = Math.max(box[from], Math.min(middle - reach / 2, box[from] + box[along] - reach));
      view[along] = reach;
    }
    const frame = `${view.x - 0.3 * em} ${view.y} ${view.width + 0.6 * em} ${view.height}`;
    const svg = drawn("svg", { viewBox: frame, role: "img", "aria-label": "the line on the scan" });
    svg.append(drawn("use", { href: `#scan-${page.dataset.slug}` }));
    const { uri, ...place } = factsOf(page).strips[outline.dataset.l] || {};
    if (uri) svg.append(drawn("image", { href: uri, ...place, preserveAspectRatio: "none" }));
    const line = outline.cloneNode(true);
    line.setAttribute("class", "on");
    svg.append(line);
    if (at) {
      const spot = { ...box };
      spot[along] = Math.max(end - start, 0.08 * em);
      spot[from] = start - (end > start ? 0 : spot[along] / 2);
      svg.append(drawn("rect", { ...spot, class: "spot" }));
    }
    return svg;
  }

  function arrow(from, to, className) {
    if (!from || !to || from === to) return [];
    const [a, b] = [boxOf(from), boxOf(to)];
    const start = [a.x + a.width, a.y + a.height];
    const end = [b.x, b.y];
    const bend = [(start[0] + end[0]) / 2, Math.min(start[1], end[1])];
    const radius = Math.max(6, Math.min(b.width, b.height) / 3);
    const d = `M${start} Q${bend} ${end}`;
    return [
      drawn("path", { class: "halo", d }),
      drawn("path", { class: className, d }),
      drawn("circle", { cx: end[0], cy: end[1], r: radius }),
    ];
  }

  function told(fact) {
    const parts = [];
    const head = element("p", "");
    head.append(element("span", fact.kind, `mark ${fact.kind}`));
    const sure = fact.confidence === undefined ? "" : ` · confidence ${fact.confidence.toFixed(2)}`;
    const lines = fact.lines.length > 4 ? `${fact.lines.slice(0, 3).join(", ")} … ${fact.lines.at(-1)}` : fact.lines.join(", ");
    head.append(element("span", `  ${lines}${sure}`, "lines"));
    parts.push(head);
    const context = element("p", fact.around[0], "context");
    context.lang = "zh";
    if (fact.kind === "substituted")
      context.append(element("span", fact.expected, "mark omitted"), " → ", element("span", fact.found, "mark inserted"));
    else context.append(element("span", fact.expected || fact.found, `mark ${fact.kind}`));
    context.append(fact.around[1]);
    parts.push(context);
    if (fact.kind === "moved") {
      const after = (end) => (end.text ? `after “…${end.text}”` : "at the very start");
      parts.push(element("p", `belongs ${after(fact.belongs)} (solid arrow); was read ${after(fact.read)} (dashed arrow)`));
      const jump = element("p", "");
      for (const side of ["reference", "text"]) {
        const button = element("button", `show it in the ${side}`);
        button.addEventListener("click", () => reveal(one(`[data-side=${side}] .mark[data-d~="${current}"]`, page)));
        jump.append(button, " ");
      }
      parts.push(jump);
    }
    return parts;
  }

  function reveal(target) {
    if (target) target.scrollIntoView({ block: "center", inline: "nearest" });
  }

  function clear() {
    for (const lit of all(".on, .hover", page)) lit.classList.remove("on", "hover");
    const arrows = one(".arrows", page);
    if (arrows) arrows.replaceChildren();
  }

  function open(outline, at, parts) {
    const seen = outline && one("svg.scan image", page);
    dock.hidden = false;
    dock.classList.toggle("no-crop", !seen);
    one(".crop", dock).replaceChildren(...(seen ? [crop(outline, at)] : []));
    one(".told", dock).replaceChildren(...parts);
    document.body.classList.add("docked");
    document.body.style.setProperty("--dock", `${dock.offsetHeight}px`);
  }

  function select(number) {
    const { list, marks, outlines } = factsOf(page);
    const fact = list[number - 1];
    if (!fact) return;
    clear();
    current = number;
    const own = marks.get(number) || [];
    own.forEach((mark) => mark.classList.add("on"));
    const lit = fact.lines.map((id) => outlines.get(id)).filter(Boolean);
    lit.forEach((outline) => outline.classList.add("on"));
    open(lit[0], fact.at, told(fact));
    if (fact.kind === "moved" && lit[0])
      one(".arrows", page).append(
        ...arrow(outlines.get(fact.read.line), lit[0], "read"),
        ...arrow(outlines.get(fact.belongs.line), lit[0], "belongs"),
      );
    reveal(own.find((mark) => mark.closest("[data-side=text]") && !mark.matches("button")) || own[0]);
    if (getComputedStyle(one(".panes", page)).gridTemplateColumns.includes(" "))
      lit[0]?.closest(".plate").scrollIntoView({ block: "nearest" });
    remember(`${page.id}/d${number}`);
    count();
  }

  function selectLine(outline) {
    const { list } = factsOf(page);
    const first = list.findIndex((fact) => !fact.hidden && fact.lines.includes(outline.dataset.l));
    if (first >= 0) return select(first + 1);
    clear();
    current = 0;
    outline.classList.add("on");
    const text = element("p", one("title", outline).textContent, "context");
    text.lang = "zh";
    open(outline, null, [element("p", "no difference in this line", "lines"), text]);
    count();
  }

  function step(by) {
    const shown = count();
    if (!shown.length) return;
    const next = by > 0 ? shown.find((n) => n > current) : shown.findLast((n) => n < current);
    select(next || (current ? current : by > 0 ? shown[0] : shown.at(-1)));
  }

  function close() {
    clear();
    current = 0;
    dock.hidden = true;
    document.body.classList.remove("docked");
    remember(page.id);
    count();
  }

  function hover(mark, on) {
    const { list, outlines } = factsOf(page);
    for (const number of mark.dataset.d.split(" "))
      for (const id of list[number - 1].lines) outlines.get(id)?.classList.toggle("hover", on);
  }

  // ---- which page, and the address

  function remember(anchor) {
    history.replaceState(null, "", `#${encodeURI(anchor)}`);
  }

  /** Follow the address: "#page-NAME/d12", "#page-NAME", or "" for the summary. */
  function follow() {
    let anchor = location.hash.slice(1);
    try {
      anchor = decodeURIComponent(anchor);
    } catch { /* an address that is no UTF-8 leads nowhere */ }
    const [id, number] = anchor.split(/\/d(?=\d+$)/);
    const wanted = pages.find((candidate) => candidate.id === id) || (summary ? null : pages[0]);
    if (!wanted && id.startsWith("page-")) {
      const row = all("#pages tbody tr").find((candidate) => `page-${candidate.dataset.slug}` === id);
      const link = row && one("a", row);
      if (link && !link.getAttribute("href").startsWith("#"))
        return location.replace(`${link.href}#${encodeURI(anchor)}`);
    }
    show(wanted);
    if (wanted && number) select(+number);
  }

  function show(wanted) {
    if (page && tools && !dock.hidden) {
      clear();
      dock.hidden = true;
      document.body.classList.remove("docked");
    }
    const changed = page !== wanted;
    page = wanted;
    current = 0;
    pointed = null;
    for (const other of pages) other.hidden = other !== wanted;
    if (summary) summary.hidden = Boolean(wanted);
    if (tools) tools.hidden = !wanted;
    if (wanted) {
      filter();
      document.body.style.setProperty("--tools", `${tools.offsetHeight}px`);
    }
    if (changed) {
      scrollTo({ top: 0, behavior: "instant" });
      (wanted || summary).focus({ preventScroll: true });
    }
  }

  // ---- keys and clicks

  const go = (where) => one(`[data-go=${where}]`, page)?.click();
  const keys = {
    n: () => step(1), j: () => step(1), ArrowRight: () => step(1),
    p: () => step(-1), k: () => step(-1), ArrowLeft: () => step(-1),
    "]": () => go("after"), "[": () => go("before"), u: () => go("home"),
    Escape: () => close(), "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input:not([type=checkbox])") && event.key !== "Escape";
    if (!page || help.open || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    if (!page || getSelection().toString()) return;
    const mark = event.target.closest(".page [data-d]:not(.off)");
    const outline = event.target.closest("svg.scan polygon");
    const visible = (n) => !factsOf(page).list[n - 1].hidden;
    if (mark) select(+mark.dataset.d.split(" ").find(visible));
    else if (outline) selectLine(outline);
    else if (event.target.closest(".close")) close();
    else if (event.target.closest("[data-step]")) step(+event.target.closest("[data-step]").dataset.step);
    else if (event.target.closest("#help-button")) help.showModal();
  });

  document.addEventListener("mousemove", (event) => {
    // Text that scrolls under a pointer at rest is not pointed at.
    if (!page || (!event.movementX && !event.movementY)) return;
    const mark = event.target.closest?.(".page [data-d]:not(.off)");
    if (mark === pointed) return;
    if (pointed) hover(pointed, false);
    pointed = mark;
    if (mark) hover(mark, true);
  });

  tools?.addEventListener("input", filter);
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => all("[hidden]:is(.page, .summary)").forEach((part) => {
    part.hidden = false;
    part.dataset.unprinted = "";
  }));
  addEventListener("afterprint", () => all("[data-unprinted]").forEach((part) => {
    part.hidden = true;
    delete part.dataset.unprinted;
  }));
  follow();
})();
