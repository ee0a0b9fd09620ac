"""The lists a form may choose from: ethnic groups (by the statistics code), countries (ISO 3166)."""

from motcua.procedures.forms.types import Option

_ETHNIC_GROUPS = """
01 Kinh
02 Tày
03 Thái
04 Hoa
05 Khơ-me
06 Mường
07 Nùng
08 Mông
09 Dao
10 Gia-rai
11 Ngái
12 Ê-đê
13 Ba-na
14 Xơ-đăng
15 Sán Chay
16 Cơ-ho
17 Chăm
18 Sán Dìu
19 Hrê
20 Mnông
21 Ra-glai
22 Xtiêng
23 Bru-Vân Kiều
24 Thổ
25 Giáy
26 Cơ-tu
27 Gié-Triêng
28 Mạ
29 Khơ-mú
30 Co
31 Tà-ôi
32 Chơ-ro
33 Kháng
34 Xinh-mun
35 Hà Nhì
36 Chu-ru
37 Lào
38 La Chí
39 La Ha
40 Phù Lá
41 La Hủ
42 Lự
43 Lô Lô
44 Chứt
45 Mảng
46 Pà Thẻn
47 Cơ Lao
48 Cống
49 Bố Y
50 Si La
51 Pu Péo
52 Brâu
53 Ơ-đu
54 Rơ-măm
55 Người nước ngoài
"""

_COUNTRIES = """
VN Việt Nam
SA Ả Rập Xê-út
AF Afghanistan
EG Ai Cập
AL Albania
DZ Algeria
AD Andorra
AO Angola
GB Anh (Vương quốc Anh và Bắc Ireland)
AG Antigua và Barbuda
AT Áo
AR Argentina
AM Armenia
AZ Azerbaijan
IN Ấn Độ
PL Ba Lan
BS Bahamas
BH Bahrain
BD Bangladesh
BB Barbados
MK Bắc Macedonia
BY Belarus
BZ Belize
BJ Benin
BT Bhutan
BE Bỉ
BO Bolivia
BA Bosnia và Herzegovina
BW Botswana
PT Bồ Đào Nha
BR Brazil
BN Brunei
BG Bulgaria
BF Burkina Faso
BI Burundi
AE Các Tiểu Vương quốc Ả Rập Thống nhất
CM Cameroon
KH Campuchia
CA Canada
CV Cape Verde
TD Chad
CL Chile
CO Colombia
KM Comoros
CR Costa Rica
CG Cộng hòa Congo
CD Cộng hòa Dân chủ Congo
DO Cộng hòa Dominica
CZ Cộng hòa Séc
CF Cộng hòa Trung Phi
CI Côte d’Ivoire
HR Croatia
CU Cuba
DJ Djibouti
DM Dominica
DK Đan Mạch
DE Đức
EC Ecuador
SV El Salvador
ER Eritrea
EE Estonia
SZ Eswatini
ET Ethiopia
FJ Fiji
GA Gabon
GM Gambia
GE Georgia
GH Ghana
GD Grenada
GT Guatemala
GN Guinea
GQ Guinea Xích Đạo
GW Guinea-Bissau
GY Guyana
NL Hà Lan
HT Haiti
KR Hàn Quốc
US Hoa Kỳ
HN Honduras
HU Hungary
GR Hy Lạp
IS Iceland
ID Indonesia
IR Iran
IQ Iraq
IE Ireland
IL Israel
IT Italy
JM Jamaica
JO Jordan
KZ Kazakhstan
KE Kenya
KI Kiribati
KW Kuwait
KG Kyrgyzstan
LA Lào
LV Latvia
LS Lesotho
LB Li-băng
LR Liberia
LY Libya
LI Liechtenstein
RU Liên bang Nga
LT Litva
LU Luxembourg
MA Ma-rốc
MG Madagascar
MW Malawi
MY Malaysia
MV Maldives
ML Mali
MT Malta
MR Mauritania
MU Mauritius
MX Mexico
FM Micronesia
MD Moldova
MC Monaco
ME Montenegro
MZ Mozambique
MN Mông Cổ
MM Myanmar
NO Na Uy
ZA Nam Phi
SS Nam Sudan
NA Namibia
NR Nauru
NP Nepal
NZ New Zealand
JP Nhật Bản
NI Nicaragua
NE Niger
NG Nigeria
OM Oman
PK Pakistan
PW Palau
PS Palestine
PA Panama
PG Papua New Guinea
PY Paraguay
PE Peru
FR Pháp
FI Phần Lan
PH Philippines
QA Qatar
MH Quần đảo Marshall
SB Quần đảo Solomon
RO Romania
RW Rwanda
KN Saint Kitts và Nevis
LC Saint Lucia
VC Saint Vincent và Grenadines
WS Samoa
SM San Marino
ST São Tomé và Príncipe
SN Senegal
RS Serbia
SC Seychelles
SL Sierra Leone
SG Singapore
CY Síp
SK Slovakia
SI Slovenia
SO Somalia
LK Sri Lanka
SD Sudan
SR Suriname
SY Syria
TJ Tajikistan
TZ Tanzania
ES Tây Ban Nha
TH Thái Lan
TR Thổ Nhĩ Kỳ
SE Thụy Điển
CH Thụy Sĩ
TL Timor-Leste
VA Tòa thánh Vatican
TG Togo
TO Tonga
KP Triều Tiên
TT Trinidad và Tobago
CN Trung Quốc
TW Trung Quốc (Đài Loan)
HK Trung Quốc (Hồng Kông)
MO Trung Quốc (Ma Cao)
TN Tunisia
TM Turkmenistan
TV Tuvalu
AU Úc
UG Uganda
UA Ukraina
UY Uruguay
UZ Uzbekistan
VU Vanuatu
VE Venezuela
YE Yemen
ZM Zambia
ZW Zimbabwe
XX Không quốc tịch
"""


def _options(lines: str) -> tuple[Option, ...]:
    return tuple(Option(*line.split(" ", 1)) for line in lines.strip().splitlines())


CATALOGS: dict[str, tuple[Option, ...]] = {
    "ethnic_groups": _options(_ETHNIC_GROUPS),
    "countries": _options(_COUNTRIES),
}
