"""Kits of the miniature guide for tests, and what two readers of QR codes see in a picture."""

from pathlib import Path

import cv2
import numpy
import zxingcpp

from guide import create_app
from guide.config import Paths, Settings
from guide.kit.pages import Kit, Revision
from tests.conftest import PUBLIC

REVISION = Revision("0123456789ab", 1_795_000_000, "2027-05-20", 2_345_678)
EMPTY = 'name = "Harbour Lab 2017"\nfirst_day = "2017-05-29"\ntime_zone = "America/Bogota"\n'
FILLED = """name = "Harbour Lab & friends #27 + ñ"
first_day = "2027-06-07"
time_zone = "America/Bogota"
groups = ["A", "B"]
group_link = "https://chat.whatsapp.com/Abc"
[assembly]
name = "Hotel of the harbour"
address = "Carrera 1 # 2-3"
latitude = 6.2402
longitude = -75.57
[[contacts]]
name = "Ada Stone"
role = "Host"
emergency = true
phone = "+57 604 000 0000"
email = "ada@example.org"
[[contacts]]
name = "Boat and bus"
whatsapp = "+57 300 000 0000"
[days.1]
time = "08:30"
meeting_point = "The gate of the market & the «ñandú» #1 + 2"
[days.1.stops.lamp]
time = "18:30"
cancelled = "The keeper is ill."
[days.2]
time = "09:15"
[days.2.stops.lunch]
name = "Lunch"
time = "12:00"
leave = "11:40"
groups = ["A"]
place = "The quay"
"""


def kit_of(root: Path, host: str, base_url: str = PUBLIC) -> Kit:
    """The kit of the guide in a folder, whose host writes this file."""
    (root / "content/edition.toml").write_text(host, "utf-8")
    app = create_app(Settings(paths=Paths(root=root), base_url=base_url))
    return Kit(app.extensions["guide"](), app.jinja_env, REVISION)


def files_of(kit: Kit) -> dict[str, str]:
    """Every file of a kit as text, by its name in the folder."""
    return {path.removeprefix("kit/"): body.decode() for path, body in kit.files()}


def read(picture: numpy.ndarray) -> tuple[list[str], str]:
    """What zxing-cpp and OpenCV read in a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture)], cv2.QRCodeDetector().detectAndDecode(picture)[0]
