"""What the pages about accounts call things."""

# Of the form that gives a post: name, label, hint.
FIELDS = (
    ("username", "Tên đăng nhập", "Chữ thường không dấu, số và . _ @ + -"),
    ("name", "Họ, chữ đệm, tên", ""),
    ("place", "Đơn vị", "Mã cơ quan/mã phòng, ví dụ H99.31/MC"),
    ("role", "Vai", ""),
    ("title", "Chức danh", ""),
    ("phone", "Điện thoại", ""),
    ("email", "Thư điện tử", "Nơi báo cho người này về tài khoản của họ"),
)

# Deeds of the journal on an account.
DEEDS = {
    "account.open": "Cấp tài khoản",
    "account.sign_in": "Đăng nhập",
    "account.sign_out": "Đăng xuất",
    "account.refused": "Đăng nhập không thành",
    "account.locked": "Phiên tự khóa",
    "account.unlocked": "Mở khóa phiên",
    "account.new_password": "Đổi mật khẩu",
    "account.password_given": "Cấp lại mật khẩu",
    "account.sessions_ended": "Đăng xuất nơi khác",
    "account.factor_added": "Thêm bước xác thực",
    "account.factor_removed": "Gỡ bước xác thực",
    "account.factor_taken": "Người quản trị gỡ bước xác thực",
    "account.factor_removal_asked": "Đề nghị gỡ bước xác thực",
    "account.factor_removal_refused": "Không đồng ý gỡ bước xác thực",
    "account.shut": "Khóa tài khoản",
    "account.reopened": "Mở lại tài khoản",
    "account.idle_told": "Báo lâu không dùng",
}
