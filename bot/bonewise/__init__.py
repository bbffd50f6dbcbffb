"""A guided-conversation bot about weak bones, nerve symptoms and how soon to get help.

`attach` puts it into a python-telegram-bot `Application`. It is loaded when it is first asked for, so that importing
the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bonewise.attached import Attached as Attached
    from bonewise.attached_parts import AttachError as AttachError
    from bonewise.plugin import Action as Action
    from bonewise.plugin import Order as Order
    from bonewise.plugin import attach as attach

__all__ = ("Action", "AttachError", "Attached", "Order", "attach")


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bonewise import plugin  # late: it loads everything

    return getattr(plugin, name)
