"""An invented portrait: a plain silhouette, drawn by code, of nobody."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

#: Hair, so that a picture laid on its side can be told from one that stands.
CROWN = (52, 50, 48)
GROUND = (120, 160, 200)


def portrait(width: int = 600, height: int = 800) -> Image.Image:
    """Head and shoulders before a blue ground."""
    picture = Image.new("RGB", (width, height), GROUND)
    pen = ImageDraw.Draw(picture)
    middle = width // 2
    pen.ellipse((middle - width * 0.46, height * 0.66, middle + width * 0.46, height * 1.3), (70, 86, 104))
    pen.ellipse((middle - width * 0.22, height * 0.2, middle + width * 0.22, height * 0.64), (222, 196, 172))
    pen.chord((middle - width * 0.24, height * 0.16, middle + width * 0.24, height * 0.6), 180, 360, CROWN)
    return picture


def portrait_file(folder: Path, name: str = "portrait.jpg", *, turned: bool = False) -> Path:
    """The portrait as a file; ``turned`` as a camera held upright writes it: lying, with its EXIF mark."""
    path, picture = folder / name, portrait()
    if turned:
        exif = Image.Exif()
        exif[0x0112] = 6
        picture.rotate(90, expand=True).save(path, exif=exif)
    else:
        picture.save(path)
    return path
