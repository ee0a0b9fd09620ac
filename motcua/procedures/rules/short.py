"""Long words made short."""


def shortened(text: str, size: int) -> str:
    """`text` cut at a word, with an ellipsis when something was left out.

    Law: house rule
    """
    if len(text) <= size:
        return text
    return text[:size].rsplit(" ", 1)[0] + "…"
