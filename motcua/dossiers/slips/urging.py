"""What an urging document says, in words.

Law: WF-10
"""

from motcua.dossiers.slips import lists, words


def told(paper: lists.UrgingPaper) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    """The facts of the document, and its dossiers.

    Law: WF-10
    """
    texts = {
        "to": paper.to,
        "content": paper.content,
        "answer_by": f"{paper.answer_by:%d/%m/%Y}",
        "copies": paper.copies,
        "signer": paper.signer,
        "signer_title": paper.signer_title,
        "total": str(len(paper.dossiers)),
    }
    rows = [
        {
            "code": each.code, "request": each.request, "due_at": words.short(each.due_at),
            "status": each.status, "why": each.why,
        }
        for each in paper.dossiers
    ]  # fmt: skip
    return texts, {"dossiers": rows}
