"""How one path names another.

Pages name each other by relative addresses, so the same build works at `/`, at `/repo/` and at `/a/b/`.
"""

from functools import lru_cache


@lru_cache(maxsize=4096)
def relative(here: str, there: str) -> str:
    """The shortest address of one path as seen from another, both from the root of the build."""
    folders, target = here.split("/")[:-1], there.split("/")
    shared = 0
    while shared < len(folders) and shared < len(target) - 1 and folders[shared] == target[shared]:
        shared += 1
    return "../" * (len(folders) - shared) + "/".join(target[shared:]) or "./"
