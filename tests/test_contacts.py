"""contacts.py: the number pressed is the number written."""

import pytest

from guide.content.contacts import Unusable, links
from guide.model.edition import Contact

DIALLED = [
    ("123", ["tel:123"]),
    ("112", ["tel:112"]),
    ("#774", ["tel:%23774"]),
    ("*123", ["tel:*123"]),
    ("*123#", ["tel:*123%23"]),
    ("(604) 385-5555", ["tel:6043855555"]),
    ("+57.604.385.5555", ["tel:+576043855555"]),
    ("+57 604‑385‑5555", ["tel:+576043855555"]),
    ("\u202a+57 604 385 5555\u202c", ["tel:+576043855555"]),
    ("tel:+576043855555", ["tel:+576043855555"]),
    ("018000 123456", ["tel:018000123456"]),
    ("+57 604 385 5555 ext. 12", ["tel:+576043855555;ext=12"]),
    ("+57 604 385 5555 x12", ["tel:+576043855555;ext=12"]),
    ("604 385 5555, extensión 7", ["tel:6043855555;ext=7"]),
    ("604 385 5555;ext=9; 123", ["tel:6043855555;ext=9", "tel:123"]),
    ("300 123 4567 / 300 765 4321", ["tel:3001234567", "tel:3007654321"]),
    ("300 123 4567 o #774", ["tel:3001234567", "tel:%23774"]),
    ("+44 20 7946 0958", ["tel:+442079460958"]),
]

REFUSED = [
    ("+57 123", "Write it without +57, as it is dialled: 123."),
    ("+57 604 123", "Write 10 digits after +57, like +57 604 000 0000."),
    ("+1 911", "Write it without +1, as it is dialled: 911."),
    ("57 604 385 5555", "Begin it with + and the country code, like +57 604 000 0000."),
    ("0057 604 385 5555", "Write + in its place: +57 604 000 0000."),
    ("+57 (0) 604 385 5555", "Leave it out, like +57 604 000 0000."),
    ("300 123 4567 300 765 4321", 'Write several as a list: phone = ["…", "…"].'),
    ("https://chat.whatsapp.com/x", 'Write it in a line of its own: whatsapp = "…".'),
    ("1-800-FLOWERS", "Write only its digits, like +57 604 000 0000 or 123."),
    ("385 5555/56", "Write only its digits, like +57 604 000 0000 or 123."),
    ("٣٠٠ ١٢٣ ٤٥٦٧", "Write only its digits, like +57 604 000 0000 or 123."),
]

WRITTEN = [
    ("whatsapp", "+57 300 123 4567", "https://wa.me/573001234567"),
    ("whatsapp", "https://chat.whatsapp.com/Abc?mode=ems_copy_t&utm_source=x", "https://chat.whatsapp.com/Abc"),
    ("whatsapp", "wa.me/573001234567?text=Hola", "https://wa.me/573001234567?text=Hola"),
    ("telegram", "@ana_lab", "https://t.me/ana_lab"),
    ("telegram", "t.me/+AbC_d", "https://t.me/+AbC_d"),
    ("signal", "https://signal.group/#CjQKI", "https://signal.group/#CjQKI"),
]

UNSAFE = [
    ("whatsapp", "300 123 4567"),
    ("whatsapp", "http://wa.me/573001234567"),
    ("whatsapp", "https://wa.me.example.org/x"),
    ("whatsapp", "https://wa.me@example.org/x"),
    ("whatsapp", "javascript:alert(1)"),
    ("whatsapp", "https://[x"),
    ("telegram", "https://wa.me/573001234567"),
]


@pytest.mark.parametrize(("written", "dialled"), DIALLED)
def test_a_press_dials_what_is_written(written, dialled):
    """Spaces and marks go, an extension keeps its place, and nothing is added."""
    assert [link.href for link in links("phone", Contact(phone=(written,)))] == dialled


@pytest.mark.parametrize(("written", "remedy"), REFUSED)
def test_a_number_that_cannot_be_dialled_is_refused_with_the_right_one(written, remedy):
    """No remedy leads to a number that is wrong."""
    with pytest.raises(Unusable) as fault:
        links("phone", Contact(phone=(written,)))

    assert fault.value.remedy == remedy


@pytest.mark.parametrize(("field", "written", "address"), WRITTEN)
def test_a_messenger_is_opened_without_what_counts_its_readers(field, written, address):
    """A number, a name or a link becomes a safe link."""
    assert [link.href for link in links(field, Contact(**{field: written}))] == [address]


@pytest.mark.parametrize(("field", "written"), UNSAFE)
def test_a_link_that_leads_elsewhere_is_refused(field, written):
    """What is called WhatsApp leads to WhatsApp."""
    with pytest.raises(Unusable):
        links(field, Contact(**{field: written}))


def test_addresses_of_mail_may_begin_with_mailto_and_be_several():
    """A pasted link of mail is the address in it."""
    found = links("email", Contact(email=("mailto:a@b.co", "c+d@e.org, f#g@h.org")))

    assert [(link.shown, link.href) for link in found] == [
        ("a@b.co", "mailto:a@b.co"), ("c+d@e.org", "mailto:c+d@e.org"), ("f#g@h.org", "mailto:f%23g@h.org"),
    ]  # fmt: skip
