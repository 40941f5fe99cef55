// The plan of an edition at many instants, and the clock of the place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { daysInWords, instantOf, localTime, spanInWords, untilNextMinute } from "../../static/js/clock.js";
import { momentOf } from "../../static/js/today/plan.js";

const ZONE = "America/Bogota";
const at = (local, zone = ZONE) => instantOf(local, zone);
const dayOf = (date, stops, zone = ZONE) => ({
  from: at(`${date}T00:00`, zone),
  noon: at(`${date}T12:00`, zone),
  evening: at(`${date}T18:00`, zone),
  to: at(`${date}T00:00`, zone) + 24 * 3600_000,
  stops: stops.map(({ begins, ends, leave, ...more }) => ({
    part: "morning",
    ...more,
    ...(begins && { begins: at(`${date}T${begins}`, zone) }),
    ...(ends && { ends: at(`${date}T${ends}`, zone) }),
    ...(leave && { leave: at(`${date}T${leave}`, zone) }),
  })),
});
const names = (stops) => stops.map(({ name }) => name);

const TIMED = dayOf("2027-06-08", [
  { name: "CEPAR", begins: "09:00", ends: "10:30", leave: "08:10" },
  { name: "Lunch", begins: "12:30" },
  { name: "Moravia", begins: "14:30", ends: "16:00", leave: "14:00", part: "afternoon" },
]);
const UNTIMED = dayOf("2027-06-10", [
  { name: "Feedback" },
  { name: "Walk", part: "afternoon" },
  { name: "Talk", part: "afternoon" },
]);
const TIMED_LATER = dayOf("2027-06-09", [{ name: "Start", begins: "09:00" }]);
const DAYS = [TIMED, UNTIMED];

test("each state of a plan with clock times comes at its instant", () => {
  const table = [
    ["2027-06-01T10:00", "before", [], ["CEPAR"], undefined],
    ["2027-06-08T00:00", "early", [], ["CEPAR"], "ahead"],
    ["2027-06-08T08:09", "early", [], ["CEPAR"], "ahead"],
    ["2027-06-08T08:10", "early", [], ["CEPAR"], "due"],
    ["2027-06-08T08:15", "early", [], ["CEPAR"], "late"],
    ["2027-06-08T09:00", "at", ["CEPAR"], ["Lunch"], undefined],
    ["2027-06-08T10:30", "between", [], ["Lunch"], undefined],
    ["2027-06-08T12:30", "at", ["Lunch"], ["Moravia"], "ahead"],
    ["2027-06-08T14:03", "at", ["Lunch"], ["Moravia"], "due"],
    ["2027-06-08T14:30", "at", ["Moravia"], [], undefined],
    ["2027-06-08T16:00", "over", [], [], undefined],
    ["2027-06-08T23:59", "over", [], [], undefined],
    ["2027-06-09T00:00", "free", [], [], undefined],
    ["2027-06-11T00:00", "after", [], [], undefined],
  ];
  for (const [local, name, now, next, departure] of table) {
    const moment = momentOf(DAYS, at(local));
    assert.deepEqual(
      [moment.name, names(moment.now), names(moment.next), moment.departure],
      [name, now, next, departure],
      local,
    );
  }
});

test("a stop without an end is not now for ever, and in the evening the next day is told", () => {
  const days = [dayOf("2027-06-08", [{ name: "Talk", begins: "15:00" }]), TIMED_LATER];
  const told = (local) => {
    const { name, now, next, then } = momentOf(days, at(local));
    return [name, names(now), names(next), then === TIMED_LATER];
  };

  assert.deepEqual(told("2027-06-08T14:00"), ["early", [], ["Talk"], false]);
  assert.deepEqual(told("2027-06-08T17:59"), ["at", ["Talk"], ["Start"], true]);
  assert.deepEqual(told("2027-06-08T18:00"), ["over", [], ["Start"], true]);
});

test("a time to leave soon after the next stop is told with it", () => {
  const stops = [
    { name: "Gathering", begins: "08:30", ends: "09:00" },
    { name: "Visit", begins: "10:00", leave: "09:15" },
  ];
  const moment = momentOf([dayOf("2027-06-08", stops)], at("2027-06-08T08:20"));

  assert.deepEqual([names(moment.next), moment.departure], [["Gathering", "Visit"], "ahead"]);
});

test("a day without clock times has its parts and invents no hour", () => {
  const table = [
    ["2027-06-10T07:00", ["Feedback"], ["Walk", "Talk"]],
    ["2027-06-10T12:00", ["Walk", "Talk"], []],
    ["2027-06-10T18:00", [], []],
  ];
  for (const [local, now, next] of table) {
    const moment = momentOf(DAYS, at(local));
    assert.equal(moment.name, "part", local);
    assert.deepEqual([names(moment.now), names(moment.next)], [now, next], local);
  }
});

test("two groups at once are two, and a reader who has one sees its own", () => {
  const days = [
    dayOf("2027-06-08", [
      { name: "All", begins: "08:00" },
      { name: "A1", begins: "10:00", groups: ["A"] },
      { name: "B1", begins: "10:00", groups: ["B"] },
      { name: "B2", begins: "11:00", groups: ["B"] },
    ]),
  ];
  const now = (local, group) => names(momentOf(days, at(local), group).now);

  assert.deepEqual(now("2027-06-08T10:30"), ["A1", "B1"]);
  assert.deepEqual(now("2027-06-08T11:30"), ["A1", "B2"]);
  assert.deepEqual(now("2027-06-08T11:30", "A"), ["A1"]);
  assert.deepEqual(names(momentOf(days, at("2027-06-08T10:30"), "B").next), ["B2"]);
});

test("a cancelled stop is neither now nor next, and is told until it would be over", () => {
  const days = [
    dayOf("2027-06-08", [
      { name: "Off", begins: "09:00", ends: "10:00", isCancelled: true },
      { name: "On", begins: "11:00" },
    ]),
  ];
  const early = momentOf(days, at("2027-06-08T09:30"));
  const later = momentOf(days, at("2027-06-08T10:00"));

  assert.deepEqual([early.name, names(early.next), names(early.cancelled)], ["early", ["On"], ["Off"]]);
  assert.deepEqual(names(later.cancelled), []);
});

test("a stop without a time stands beside those that have one, in its part of the day", () => {
  const days = [dayOf("2027-06-08", [{ name: "Walk" }, { name: "Talk", begins: "15:00", part: "afternoon" }])];

  assert.deepEqual(names(momentOf(days, at("2027-06-08T09:00")).untimed), ["Walk"]);
  assert.deepEqual(names(momentOf(days, at("2027-06-08T13:00")).untimed), []);
});

test("the clock of the place is right in every zone and across a night of summer time", () => {
  const instant = Date.parse("2027-06-08T14:32:00Z");
  assert.equal(localTime(instant, "America/Bogota"), "2027-06-08T09:32");
  assert.equal(localTime(instant, "Asia/Manila"), "2027-06-08T22:32");
  assert.equal(localTime(instant, "Pacific/Kiritimati"), "2027-06-09T04:32");
  assert.match(localTime(instant, "Nowhere/Atlantis"), /^2027-06-0[789]T\d\d:\d\d$/);
  assert.equal(instantOf("2027-06-08T09:32", "America/Bogota"), instant);
  assert.equal(instantOf("2027-03-28T01:59", "Europe/Berlin"), Date.parse("2027-03-28T00:59:00Z"));
  assert.equal(instantOf("2027-03-28T03:00", "Europe/Berlin"), Date.parse("2027-03-28T01:00:00Z"));
  assert.equal(instantOf("2027-10-31T04:00", "Europe/Berlin"), Date.parse("2027-10-31T03:00:00Z"));
  for (const bad of ["", "soon", "2027-06-08", "2027-13-41T99:99"]) assert.equal(instantOf(bad, ZONE), undefined, bad);
});

test("spans are told in the words of the language, and never more than there is", () => {
  assert.match(spanInWords(25 * 60_000 + 59_000, "en"), /25 minutes/);
  assert.match(spanInWords(25 * 60_000, "es"), /25 min/);
  assert.match(spanInWords(3 * 3600_000, "en"), /3 hours/);
  assert.equal(daysInWords("2027-06-07", "2027-06-08", "en"), "tomorrow");
  assert.equal(daysInWords("2027-06-01", "2027-06-08", "es"), "dentro de 7 días");
  assert.equal(untilNextMinute(Date.parse("2027-06-08T14:32:15Z")), 45_000);
});
