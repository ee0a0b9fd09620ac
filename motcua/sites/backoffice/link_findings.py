"""Who waits for a keeper because a machine may not say who they are."""

from django.urls import reverse

from motcua.people.joining import open_conflicts
from motcua.sites.backoffice.findings import Finding


def links() -> Finding:
    """Sign-ins that were refused until somebody has looked at the identity cards."""
    name, waiting = "Nối tài khoản", len(open_conflicts())
    if not waiting:
        return Finding(name, "Không có người đăng nhập nào chờ quyết định.")
    return Finding(
        name, f"{waiting} người đăng nhập chưa vào được, chờ quyết định.", False,
        "Đối chiếu giấy tờ rồi quyết định.", page=reverse("backoffice:conflicts"),
    )  # fmt: skip
