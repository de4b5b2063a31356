# SPDX-License-Identifier: Apache-2.0
"""Bars of wall time, one panel an operation, as SVG."""

from html import escape

from report import COLUMNS, OPERATIONS, SCENARIOS, _time

PANELS = [("sqlite", 100, "apply"), ("sqlite", 1000, "nothing"),
          ("postgresql", 100, "apply"), ("postgresql", 1000, "apply"),
          ("postgresql", 1000, "nothing"), ("postgresql-link", 100, "apply")]
COLOURS = {"godwit": "#2b6cb0"}
OTHER = "#a0aec0"
WIDTH, PANEL_WIDTH, LABEL, BAR = 960, 460, 110, 20


def _text(x, y, text, size=12, **attributes):
    more = "".join(f' {k.replace("_", "-")}="{v}"'
                   for k, v in attributes.items())
    return (f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}"{more}>'
            f"{escape(text)}</text>")


def _panel(results, key, left, top):
    values = [(tool, results.median((*key, tool), "wall"))
              for tool in COLUMNS]
    values = [(tool, wall) for tool, wall in values if wall is not None]
    if not values:
        return []
    longest = max(wall for _, wall in values)
    title = f"{SCENARIOS[key[0]]}: {OPERATIONS[key[2]].format(n=key[1])}"
    parts = [_text(left, top, title, 14, font_weight="bold")]
    room = PANEL_WIDTH - LABEL - 70
    for i, (tool, wall) in enumerate(values):
        y = top + 12 + i * (BAR + 6)
        length = max(1.0, room * wall / longest)
        parts += [_text(left + LABEL - 8, y + 15, tool, text_anchor="end"),
                  f'<rect x="{left + LABEL}" y="{y}" width="{length:.1f}" '
                  f'height="{BAR}" rx="2" fill="{COLOURS.get(tool, OTHER)}"/>',
                  _text(left + LABEL + length + 6, y + 15, _time(wall))]
    return parts


def draw(results):
    """Wall time: shorter is better; each panel has a scale of its own."""
    height_of_panel = 40 + len(COLUMNS) * (BAR + 6)
    rows = (len(PANELS) + 1) // 2
    height = 50 + rows * height_of_panel
    parts = [_text(20, 26, "Wall time, median; shorter is better", 16)]
    for i, key in enumerate(PANELS):
        parts += _panel(results, key, 20 + (i % 2) * (PANEL_WIDTH + 10),
                        60 + (i // 2) * height_of_panel)
    body = "\n".join(parts)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
            f'height="{height}" viewBox="0 0 {WIDTH} {height}" '
            'font-family="sans-serif" fill="#1a202c">\n'
            f'<rect width="100%" height="100%" fill="#ffffff"/>\n{body}\n'
            "</svg>\n")
