"""The colour of each level in charts: white words on it have a contrast of 4.5:1 or more (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from bonewise.flow.model import Level

COLOURS = {
    Level.CRISIS: "#5B2A86",
    Level.EMERGENCY: "#A4161A",
    Level.SAME_DAY: "#B23B00",
    Level.SOON: "#7A5900",
    Level.ROUTINE: "#0B4F9E",
    Level.SELF_CARE: "#2E6B3A",
}
