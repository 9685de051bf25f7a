"""Write the generated pages: `python -m pages [FOLDER]`, into docs/ unless a folder is named."""

import sys
from pathlib import Path

from pages.every import generated_pages

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main(folder: Path) -> None:
    """Write every generated page into `folder`, and say which have changed."""
    for name, text in generated_pages().items():
        file = folder / name
        data = text.encode()
        if file.is_file() and file.read_bytes() == data:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        print(f"Written: {file}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)
