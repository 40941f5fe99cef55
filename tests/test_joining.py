"""Scripts joined into two files: they do what the modules do that they are made of."""

import json
import subprocess
from pathlib import Path

from guide.site import scripts
from tests.test_scripts import NODE

FIRST = "js/main.js"
MODULES = {
    FIRST: """
import { count, where } from "./store.js";
import {
  Counter as Named,
  count as again,
} from "./ui/counter.js";

count();
const { start } = await_free();
function await_free() {
  return { start: (name) => name }; // import "./nothing.js" in a comment
}
/** @type {import("./types.d.ts").Name} */
const later = [() => import("./deep/one.js"), () => import("./deep/two.js")];
Promise.all(later.map((load) => load())).then((modules) => {
  const counts = modules.map((module) => module.start());
  console.log(JSON.stringify({ counts, last: again(), name: new Named().name + start("!"), where: where() }));
});
""",
    "js/store.js": """
let counted = 0;
export function count() {
  return ++counted;
}
export const where = () => new URL("../", import.meta.url).pathname;
""",
    "js/ui/counter.js": """
import { count as raise } from "../store.js";
export class Counter {
  name = `of ${"ui"}`;
}
export async function unused() {}
export const count = () => raise();
""",
    "js/deep/one.js": """
import { both } from "./both.js";
import { own } from "./own.js";
export const start = () => both() + own;
""",
    "js/deep/two.js": """
import { both } from "./both.js";
export const start = () => both();
""",
    "js/deep/both.js": """
import { count } from "../store.js";
export const both = () => count();
""",
    "js/deep/own.js": """
export const own = 100;
""",
}


def joined(modules: dict[str, str]) -> dict[str, tuple[str, str]]:
    parsed = {name: scripts.parse(name, text) for name, text in modules.items()}
    assert list(scripts.faults(parsed, parsed, FIRST)) == []
    return scripts.join(parsed, FIRST)


def test_joined_scripts_do_what_the_modules_do(tmp_path: Path) -> None:
    """Names of one module are hidden from the others, each runs once, and each knows its own address."""
    for path, text in joined(MODULES).values():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (first,) = tmp_path.glob("js/main.*.js")

    done = subprocess.run([str(NODE), str(first)], capture_output=True, text=True)

    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert said == {"counts": [102, 3], "last": 4, "name": "of ui!", "where": f"{tmp_path.as_posix()}/"}


def test_what_every_page_needs_is_one_file_and_the_rest_is_another() -> None:
    """Which is which is found in the imports."""
    files = joined(MODULES)

    assert list(files) == [FIRST, "js/later.js"]
    words = ("counted", "of ", "both", "own=100")
    assert [word for word in words if word in files[FIRST][1]] == ["counted", "of "]
    assert [word for word in words if word in files["js/later.js"][1]] == ["both", "own=100"]


def test_scripts_that_every_page_needs_are_one_file() -> None:
    """Where no page needs more, there is no more."""
    modules = {FIRST: 'import { a } from "./a.js";\nconsole.log(a);', "js/a.js": "export const a = 1;"}

    assert list(joined(modules)) == [FIRST]


def test_both_files_have_other_addresses_when_a_module_changes() -> None:
    """They name one another, so they have one fingerprint, which stays when nothing changes."""
    changed = {**MODULES, "js/deep/own.js": "export const own = 200;"}

    before, again, after = ({path for path, _ in joined(modules).values()} for modules in (MODULES, MODULES, changed))

    assert before == again
    assert not before & after
