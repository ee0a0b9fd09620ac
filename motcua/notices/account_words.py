"""The words by which people are told what was done to their account."""

NAMES = {
    "account_changed": "Cán bộ: tài khoản của mình có thay đổi",
    "account_unused": "Tài khoản lâu không dùng sắp bị khóa",
    "identity_moved": "Tài khoản định danh được nối lại",
}
PLACES: dict[str, frozenset[str]] = {
    "account_changed": frozenset({"what", "at", "reason", "link"}),
    "account_unused": frozenset({"agency", "phone", "link", "unused", "left"}),
    "identity_moved": frozenset({"agency", "phone", "link"}),
}
SAMPLE = {"unused": "730 ngày", "left": "60 ngày"}

# To citizens with a password of this portal (ACC-09).
WORDS: dict[str, tuple[str, str]] = {
    "account_unused": (
        "Tài khoản của ông/bà lâu không dùng",
        "Tài khoản của ông/bà trên {{portal}} đã {{unused}} không đăng nhập.\n\n"
        "Nếu không đăng nhập trong {{left}} nữa, tài khoản sẽ tạm khóa. Hồ sơ và kết quả vẫn còn; "
        "mở lại tài khoản tại bộ phận một cửa.",
    ),
    "identity_moved": (
        "Tài khoản định danh của ông/bà được nối lại",
        "Người quản trị vừa nối lại tài khoản định danh mở tài khoản của ông/bà trên {{portal}}, sau "
        "khi đối chiếu giấy tờ. Mọi nơi đang đăng nhập đã được đăng xuất.\n\n"
        "Ông/bà không biết việc này? Mời gọi {{hotline}} hoặc đến bộ phận một cửa.",
    ),
}
SHORT: dict[str, str] = {
    "account_unused": "Tài khoản của ông/bà {{unused}} chưa đăng nhập, còn {{left}} nữa sẽ tạm khóa. "
    "Mời ông/bà đăng nhập cổng dịch vụ công.",
    "identity_moved": "Tài khoản định danh của ông/bà trên cổng dịch vụ công vừa được nối lại. Nếu "
    "không biết việc này, mời gọi {{phone}}.",
}

# To officials and keepers (SEC-06): whoever finds it strange must be able to say so at once.
OFFICIAL: dict[str, tuple[str, str]] = {
    "account_changed": (
        "Tài khoản của ông/bà: {{what}}",
        "Lúc {{at}}, tài khoản của ông/bà: {{what}}.\n"
        "Lý do: {{reason}}\n\n"
        "Ông/bà không biết việc này? Mời gọi ngay {{hotline}}.",
    ),
}
