// Reads calendars by other code than what writes them. ical.js comes from npm, so this is part of `make scripts` only.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import ICAL from "ical.js";

const CALENDARS = JSON.parse(readFileSync(new URL("vectors/calendars.json", import.meta.url), "utf8"));

/** The events of a calendar, and the zone that it describes. */
function opened(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  return { events, zone: new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone")) };
}

for (const { name, text, begins } of CALENDARS) {
  test(`ical.js finds the hours of a night of summer time (${name})`, () => {
    const { events, zone } = opened(text);

    const hours = events.filter(({ startDate }) => !startDate.isDate).map(({ startDate }) => startDate);

    assert.equal(zone.tzid, "Europe/Berlin");
    assert.deepEqual(
      hours.map((hour) => hour.convertToZone(ICAL.Timezone.utcTimezone).toString()),
      begins,
    );
  });

  test(`ical.js reads the days, and texts that are folded and escaped (${name})`, () => {
    const { events } = opened(text);

    const days = events.filter(({ startDate }) => startDate.isDate);

    assert.deepEqual(
      days.map(({ startDate, endDate }) => [String(startDate), String(endDate)]),
      [
        ["2027-03-28", "2027-03-29"],
        ["2027-03-29", "2027-03-30"],
      ],
    );
    assert.equal(events.find(({ location }) => location).location.trim(), "Calle 1; “ñandú”, ".repeat(9).trim());
  });
}

test("both languages mean the same events", () => {
  const [one, other] = CALENDARS.map(({ text }) => opened(text).events.map(({ uid }) => uid));

  assert.equal(new Set(one).size, 4);
  assert.deepEqual(one, other);
});
