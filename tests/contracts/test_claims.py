"""What a sign-in service tells, as the house understands it."""

from motcua.adapters.vneid.claims import identity_of, together


def test_a_branch_is_one_house_however_its_tax_code_is_written() -> None:
    told = {"LoaiTaiKhoan": "2", "TenDoanhNghiep": "Chi nhánh Mẫu", "TechID": "t"}

    found = identity_of("x", told | {"MaSoThue": "0100000001001"}, 1)
    same = together({"MaSoThue": "0100000001001"}, {"MaSoThue": "0100000001-001"})

    assert found.numbers == ("0100000001-001",)
    assert same["MaSoThue"]
