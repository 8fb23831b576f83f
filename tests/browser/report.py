"""The report in a real browser, opened from a disk without a network: nothing complains, charts are drawn, tables sort and
copy, light and dark differ, the page prints on A4.

    python3 tests/browser/report.py PROGRAM [FOLDER FOR PICTURES]

Exit code 0 fine, 1 a failure, 77 no browser here.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import chromium

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Pages: name, language, arguments.
PAGES = [
    ("mengyang", "zh", ["run", "scenarios/mengyang"]),
    ("mengyang-en", "en", ["compare", "scenarios/mengyang", "--decompose"]),
    ("pilot-towns", "zh", ["compare", "scenarios/pilot-towns"]),
    ("hundred-towns", "zh", ["run", "scenarios/hundred-towns", "--variant", "baseline", "--variant", "higher-share"]),
]
LUMINANCE = "(() => { const c = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number); return (c[0] + c[1] + c[2]) / 765; })()"
passed = failed = 0


def check(what, holds, found=""):
    """Counts, and says what does not hold."""
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"FAILED  {what}  {found}")


def made(program, folder):
    """The pages, by name."""
    for name, lang, args in PAGES:
        out = os.path.join(folder, name)
        subprocess.run([program, *args, "--lang", lang, "--chart", "none", "--report", "--quiet", "--out", out], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        yield name, os.path.join(out, "report.html")


def overflow(browser):
    """How far the page is wider than its window."""
    return browser.run("document.documentElement.scrollWidth - window.innerWidth")


def looks(browser, name, path, pictures):
    """Light, dark, narrow: drawn, quiet, within the window."""
    for scheme, width in [("light", 1280), ("light", 1024), ("dark", 1280), ("light", 390)]:
        browser.look(scheme, width)
        browser.open(path)
        what = f"{name} {scheme} {width}"
        check(f"{what}: quiet", not browser.complaints(), browser.complaints())
        check(f"{what}: no wider than its window", overflow(browser) <= 0, overflow(browser))
        check(f"{what}: the ground", (browser.run(LUMINANCE) > 0.5) == (scheme == "light"), browser.run(LUMINANCE))
        check(f"{what}: bars are drawn", browser.run("document.querySelectorAll('#funds-chart svg rect[class^=f-]').length") > 10)
        if pictures:
            height = min(6000, browser.run("document.documentElement.scrollHeight"))
            browser.look(scheme, width, height)
            browser.picture(os.path.join(pictures, f"{name}-{scheme}-{width}.png"), whole=False)


def labels(browser, name):
    """No two texts of a chart lie upon each other, and none leaves its canvas."""
    script = """(() => { const bad = []; document.querySelectorAll('.chart > svg').forEach((svg) => {
        const frame = svg.getBoundingClientRect(); if (!frame.width) return;
        const boxes = Array.from(svg.querySelectorAll('text')).map((t) => [t.textContent, t.getBoundingClientRect()]);
        boxes.forEach(([words, a], n) => {
            if (a.left < frame.left - 2 || a.right > frame.right + 2) bad.push('out: ' + words);
            boxes.slice(n + 1).forEach(([other, b]) => {
                const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (wide > 2 && high > 4) bad.push(words + ' | ' + other);
            });
        });
    }); return bad; })()"""
    found = browser.run(script)
    check(f"{name}: labels lie apart", not found, found[:5])


def sorts(browser, name):
    """A click sorts, another turns it, and the head says so; numbers by their size."""
    head = "#towns-table th:nth-child(5)"
    browser.run(f"document.querySelector('{head} button').click()")
    check(f"{name}: aria-sort", browser.run(f"document.querySelector('{head}').getAttribute('aria-sort')") == "descending")
    cells = "Array.from(document.querySelectorAll('#towns-table tbody td:nth-child(5)')).map((td) => Number(td.textContent.replace(/,/g, '')))"
    values = browser.run(cells)
    check(f"{name}: sorted", values == sorted(values, reverse=True), values[:5])
    browser.run(f"document.querySelector('{head} button').focus()")
    for kind in ["keyDown", "keyUp"]:
        browser.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r" if kind == "keyDown" else "")
    check(f"{name}: turned by the keyboard", browser.run(f"document.querySelector('{head}').getAttribute('aria-sort')") == "ascending")
    on_paper = browser.run("(() => { window.dispatchEvent(new Event('beforeprint')); const box = document.querySelector('#funds-chart svg').getAttribute('viewBox'); window.dispatchEvent(new Event('afterprint')); return box; })()")
    check(f"{name}: drawn for paper", on_paper.startswith("0 0 760 "), on_paper)
    values = browser.run(cells)
    check(f"{name}: sorted upward", values == sorted(values), values[:5])


def copies(browser, name):
    """What a spreadsheet gets: tabs, exact numbers, headings; also where the browser has no clipboard for pages on disk."""
    for clipboard in [True, False]:
        browser.run("window.taken = ''; Object.defineProperty(navigator, 'clipboard', { configurable: true, value: %s });" % ("{ writeText: (t) => { window.taken = t; return Promise.resolve(); } }" if clipboard else "undefined"))
        browser.run("document.execCommand = () => { window.taken = document.activeElement.value; return true; }; document.querySelector('#funds-table .copy').click()")
        browser.run("new Promise((done) => setTimeout(done, 30))")
        rows = [line.split("\t") for line in browser.run("window.taken").strip("\r\n").replace("\r", "").split("\n")]
        check(f"{name}: a rectangle", len(rows) > 3 and len({len(row) for row in rows}) == 1, [len(row) for row in rows])
        cells = [cell for row in rows[1:-1] for cell in row]
        check(f"{name}: numbers", all(re.fullmatch(r"-?\d+(\.\d+)?", cell) for cell in cells), cells[:3])


def chooses(browser, name):
    """Another variant and town: the chart and the tables follow."""
    title = "document.getElementById('funds-said').textContent"
    before = browser.run(title)
    browser.run("(() => { const s = document.getElementById('pick-case'); s.value = '1'; s.dispatchEvent(new Event('change')); })()")
    check(f"{name}: another variant", browser.run(title) != before)
    several = browser.run("document.getElementById('pick-town').options.length") > 1
    if several:
        between = browser.run(title)
        browser.run("(() => { const s = document.getElementById('pick-town'); s.selectedIndex = 2; s.dispatchEvent(new Event('change')); })()")
        check(f"{name}: another town", browser.run(title) != between)
    browser.run("document.getElementById('exact').click()")
    check(f"{name}: to the fen", browser.run("Array.from(document.querySelectorAll('#funds-table td')).some((td) => td.textContent.includes('.'))"))
    check(f"{name}: still quiet", not browser.complaints(), browser.complaints())


def prints(browser, name, pictures):
    """A4 pages, not hundreds of them."""
    pdf = browser.pdf()
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", pdf)
    sizes = {(round(float(w)), round(float(h))) for w, h in boxes}
    check(f"{name}: A4", sizes <= {(595, 842), (596, 842), (595, 841)} and sizes, sizes)
    check(f"{name}: pages", 2 <= len(boxes) <= 60, len(boxes))
    if pictures:
        with open(os.path.join(pictures, f"{name}.pdf"), "wb") as out:
            out.write(pdf)


def hostile(browser, program, folder):
    """Names that are markup, quotes and formulas: nothing runs, and a spreadsheet gets no formula."""
    scenario = os.path.join(folder, "hostile")
    os.mkdir(scenario)
    for name in os.listdir(os.path.join(ROOT, "scenarios/pilot-towns")):
        path = os.path.join(ROOT, "scenarios/pilot-towns", name)
        if os.path.isfile(path):
            with open(path, "rb") as old, open(os.path.join(scenario, name), "wb") as new:
                new.write(old.read())
    evil = {"七个试点镇：改革带来什么": "</script><script>window.hit=1</script>", "濛阳镇": "<!--<script>window.hit=1", "花源镇": "<img src=x onerror=window.hit=1>", "庙坝镇": "=HYPERLINK(1)", "淮口镇": "+1+cmd'\"&"}
    for name in ["towns.csv", "projects.csv", "scenario.toml"]:
        path = os.path.join(scenario, name)
        if os.path.exists(path):
            text = open(path, encoding="utf-8").read()
            for plain, bad in evil.items():
                if name.endswith(".csv"):
                    text = text.replace(plain, '"' + bad.replace('"', '""') + '"')
                else:
                    text = text.replace(json.dumps(plain, ensure_ascii=False), json.dumps(bad, ensure_ascii=False))
            open(path, "w", encoding="utf-8").write(text)
    out = os.path.join(folder, "hostile-run")
    done = subprocess.run([program, "run", scenario, "--chart", "none", "--report", "--quiet", "--out", out], capture_output=True, text=True)
    check("hostile: runs", done.returncode == 0, (done.stdout + done.stderr)[:600])
    if done.returncode:
        return
    browser.look("light", 1280)
    browser.open(os.path.join(out, "report.html"))
    check("hostile: quiet", not browser.complaints(), browser.complaints())
    check("hostile: nothing ran", browser.run("window.hit") is None and browser.run("document.images.length") == 0)
    check("hostile: shown as written", browser.run("document.getElementById('towns-table').textContent.includes('<img src=x onerror=window.hit=1>')"))
    browser.run("window.taken = ''; Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (t) => { window.taken = t; return Promise.resolve(); } } }); document.querySelector('#towns-table .copy').click()")
    cells = [cell for line in browser.run("window.taken").split("\r\n") for cell in line.split("\t")]
    check("hostile: no formula is pasted", "'=HYPERLINK(1)" in cells and not [cell for cell in cells if re.match(r"[=+@]", cell)], cells[:40])


def without_script(browser, name, path):
    """Findings and tables are there without script."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(path)
    shown = browser.call("DOM.getDocument", depth=-1)
    text = str(shown)
    check(f"{name}: findings without script", "card" in text and "'nodeName': 'TABLE'" in text)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def main():
    path = chromium.find()
    if not path:
        print("no browser: the report was not opened")
        return 77
    program = os.path.abspath(sys.argv[1])
    pictures = sys.argv[2] if len(sys.argv) > 2 else None
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        browser = chromium.Browser(path)
        try:
            for name, page in made(program, folder):
                looks(browser, name, page, pictures)
                browser.look("light", 1280)
                browser.open(page)
                labels(browser, name)
                sorts(browser, name)
                copies(browser, name)
                if name != "mengyang":
                    chooses(browser, name)
                browser.open(page)
                prints(browser, name, pictures)
                without_script(browser, name, page)
            hostile(browser, program, folder)
        finally:
            browser.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
