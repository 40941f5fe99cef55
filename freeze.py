"""Builds the guide into plain files and says what was built."""

from guide import create_app
from guide.cli import main

if __name__ == "__main__":
    main(create_app)
