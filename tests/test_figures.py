"""figures.py: numbers and times are compared as the languages of the world write them."""

import pytest

from guide.text.figures import differences

SAME = [
    ("From 8:00 to 11:00 p.m.", "o 8:00 hyd 11:00 p.m.", "cy"),
    ("From 8:00 to 11:00 p.m.", "de 20:00 a 23:00", "es"),
    ("It opens at 9:30 a.m.", "Ouvre à 9 h 30.", "fr"),
    ("It opens at 9:30 a.m.", "Ouvre à 9h30.", "fr"),
    ("It opens at 9:30 a.m.", "Öffnet um 9 Uhr 30.", "de"),
    ("It opens at 9:30 a.m.", "Öffnet um 9.30 Uhr.", "de"),
    ("It opens at 9:30 a.m.", "Klo 9.30", "fi"),
    ("It opens at 9:30 a.m.", "يفتح في ٩:٣٠", "ar"),
    ("It opens at 9:30 a.m.", "午前9時30分に開く", "ja"),
    ("It opens at 9:30 a.m.", "９：３０に開く", "ja"),
    ("It opens at 9:30 p.m.", "午後9時30分に開く", "ja"),
    ("It opens at 9:30 p.m.", "오후 9시 30분", "ko"),
    ("It opens at 9:30 p.m.", "晚上9:30", "zh_Hans"),
    ("It opens at 4 p.m.", "下午4点", "zh_Hans"),
    ("It opens at 4 p.m.", "Um 16 Uhr", "de"),
    ("It opens at 4 p.m.", "Abre a las 4 de la tarde", "es"),
    ("It opens at 4 p.m.", "à 16 h", "fr"),
    ("It opens at 9:30 a.m.", "เปิด 9.30 น.", "th"),
    ("It opens at 9:30 a.m.", "เปิด ๙.๓๐ น.", "th"),
    ("Page 9", "หน้า ๙", "th"),
    ("It cost 17,000 pesos", "लागत 17,000", "hi"),
    ("It cost 1,700,000", "17,00,000", "hi"),
    ("It cost 1,700,000", "१७,००,०००", "hi"),
    ("about 20,000 people", "約2万人", "ja"),
    ("about 20,000 people", "약 2만 명", "ko"),
    ("about 17,000 people", "約1万7000人", "ja"),
    ("2 million people", "200万人", "ja"),
    ("2 million people", "2 millones", "es"),
    ("17,000 people", "17 mil personas", "es"),
    ("In the 20th century", "au XXe siècle", "fr"),
    ("In the 20th century", "en el siglo XX", "es"),
    ("In the 20th century", "二十世纪", "zh_Hans"),
    ("In the 1990s", "20世纪90年代", "zh_Hans"),
    ("In the 1990s", "en los años 90", "es"),
    ("In the 1990s", "in den 1990ern", "de"),
    ("On 29 May 2017", "2017年5月29日", "ja"),
    ("On 29 May 2017", "2017년 5월 29일", "ko"),
    ("Monday", "Thứ 2", "vi"),
    ("at noon", "um 12 Uhr", "de"),
    ("From 4 to 6 p.m.", "Von 16 bis 18 Uhr", "de"),
    ("From 4 to 6 p.m.", "De 4 a 6 p. m.", "es"),
    ("From 9:00 a.m. to 12 p.m.", "9時から12時", "ja"),
    ("It fell by 40 per cent", "٪٤٠", "ar"),
    ("It fell by 40%", "%40", "tr"),
    ("It cost 17,000", "17'000", "de_CH"),
    ("It cost 17,000", "17\u2009000", "fr"),
    ("12.5 km", "12,5 km", "fr"),
    ("12.5 km", "١٢٫٥", "ar"),
    ("17,000", "١٧٬٠٠٠", "ar"),
    ("17,000", "17 000", "pl"),
    ("1,234,567.5", "1.234.567,5", "es"),
    ("In 2016, 535 came", "En 2016 535 personas", "es"),
    ("In day 2, 535 came", "En el día 2 535 personas", "es"),
    ("9:00–12:00", "9.00-12.00", "it"),
    ("five sites", "5か所", "ja"),
    ("It closed at 12 a.m.", "um 24 Uhr", "de"),
    ("It closed at 12 a.m.", "00:00", "es"),
    ("from 5 to 7 May", "5月5日から7日", "ja"),
    ("9:30 a.m.", "9.30 π.μ.", "el"),
    ("9:30 p.m.", "9:30 μ.μ.", "el"),
    ("9:30 p.m.", "9.30 de la noche", "es"),
    ("9:30 a.m.", "9:30 g", "pl"),
    ("8:05 a.m.", "8時5分", "ja"),
    ("3,820", "3820", "es"),
    ("3,820", "3\u00a0820", "uk"),
]


@pytest.mark.parametrize(("source", "translation", "locale"), SAME)
def test_the_same_figure_in_the_manner_of_a_language_passes(source, translation, locale):
    """Digits, separators, hours, parts of the day, myriads and numerals are the language's own."""
    lost, added = differences(source, translation, locale)

    assert (lost, added) == ({}, {})


OTHER = [
    ("About 12.5 thousand people", "Unas 12,5 mil personas", "es_MX"),
    ("It opens at 9:30 a.m.", "Ouvre à 9 h 40.", "fr"),
    ("9:30 a.m.", "午後9時30分", "ja"),
    ("4 p.m.", "Um 4 Uhr", "de"),
    ("4 p.m.", "午後5時", "ja"),
    ("20,000", "約3万", "ja"),
    ("17,000 people", "17 personas", "es"),
    ("20th century", "XIXe siècle", "fr"),
    ("20th century", "siècle dernier", "fr"),
    ("On 29 May 2017", "2017年6月29日", "ja"),
    ("12.5 km", "125 km", "fr"),
    ("17,000", "17,000", "es"),
    ("17,000", "1700", "es"),
    ("9:30 p.m.", "9.30 Uhr", "de"),
    ("1,700,000", "1,70,000", "hi"),
    ("1990s", "años 80", "es"),
    ("2 million", "2万", "ja"),
    ("five sites", "6 lugares", "es"),
    ("It opens at 4 p.m.", "Abre a las 4 de la mañana", "es"),
    ("4 p.m.", "a las 4", "es"),
    ("A 5, B 5", "5", "fr"),
    ("29 May to 2 June", "29 mai – 3 juin", "fr"),
]


@pytest.mark.parametrize(("source", "translation", "locale"), OTHER)
def test_another_figure_is_found(source, translation, locale):
    """However freely figures may be written, a wrong one is a wrong one."""
    lost, added = differences(source, translation, locale)

    assert lost or added


LONG = [
    ("1 " * 5000, "2 " * 5000),
    ("1:00 " * 2000, "1 h " * 2000),
    ("1,000" * 2000, "1.000" * 2000),
    ("I" * 5000 + " 7", "一" * 10_000),
    ("1" * 10_000, "1" * 9_999),
    ("1," * 5000, "1 " * 5000),
]


@pytest.mark.parametrize(("source", "translation"), LONG, ids=range(len(LONG)))
def test_a_long_row_of_figures_is_compared_at_once(source, translation):
    """No text keeps the comparison busy; the run would not end if one did."""
    found = differences(source, translation, "es")

    assert any(found) is (source.split() != translation.split())
