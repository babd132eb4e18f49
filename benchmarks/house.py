"""The house measured and drawn: its rooms by layer, their size, and who imports whom.

Layers are those of `.importlinter`, arrows and figures those of the code. `make picture` writes
the drawing into README.md, between its markers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from configparser import ConfigParser
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import grimp

from doelenboom.settings import PROJECT_DIR

PACKAGES = ("doelenboom", "orchestration", "dashboard")
CONTRACT = "importlinter:contract:"
BEGIN, END = "<!-- drawn by make picture -->", "<!-- end of the drawing -->"

FLOOR = "doelenboom.storage"
"""The room that most others stand on: arrows to it, as those to single modules, are not drawn."""


@dataclass(frozen=True)
class Room:
    """What is drawn as one: a package, or the single modules of one layer.

    `layer` counts from the top; `within` is the package that is drawn around it, where `inner`
    counts the layers again.
    """

    members: tuple[str, ...]
    layer: int
    within: str | None = None
    inner: int = 0

    @property
    def name(self) -> str:
        """The name by which people know it."""
        outside = f"{self.within or PACKAGES[0]}."
        return ", ".join(member.removeprefix(outside) for member in self.members)

    def holds(self, module: str) -> bool:
        """Tell whether a module is in this room."""
        return any(module == each or module.startswith(f"{each}.") for each in self.members)

    def is_above(self, other: "Room") -> bool:
        """Tell whether this room may import another: a layer above it, or above it inside."""
        inside = self.within is not None and self.within == other.within
        return self.inner < other.inner if inside else self.layer < other.layer


Arrows = Mapping[tuple[Room, Room], int]
"""From each room to each that it imports: how many imports of a module there are."""


@dataclass(frozen=True)
class House:
    """The rooms from top to bottom, the modules in each, their lines, and the arrows between."""

    rooms: tuple[Room, ...]
    modules: Mapping[Room, int]
    lines: Mapping[Room, int]
    arrows: Arrows
    packages: frozenset[str]

    @property
    def layers(self) -> int:
        """How many layers there are, those inside a room among them."""
        return len({(room.layer, room.inner) for room in self.rooms})

    @property
    def upward(self) -> list[tuple[Room, Room]]:
        """The arrows that do not lead downward."""
        return [(one, other) for one, other in self.arrows if not one.is_above(other)]


def measure(project: Path = PROJECT_DIR) -> House:
    """Read walls and code. Raises ValueError for a module that stands in no layer."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    packages = frozenset(name for name in graph.modules if graph.find_children(name))
    rooms = tuple(_rooms(project / ".importlinter", packages))
    around = {*PACKAGES, *(room.within for room in rooms)}
    found = {
        module: _room_of(module, rooms)
        for module in sorted(graph.modules)
        if module not in around or module == PACKAGES[1]
    }
    arrows = Counter(
        (room, found[imported])
        for module, room in found.items()
        for imported in graph.find_modules_directly_imported_by(module)
        if imported in found and found[imported] != room
    )
    lines: Counter[Room] = Counter()
    for module, room in found.items():
        lines[room] += _lines(project, module, module in packages)
    return House(rooms, Counter(found.values()), lines, arrows, packages)


def _rooms(walls: Path, packages: frozenset[str]) -> Iterator[Room]:
    """List the rooms as the layers of the walls have them, from top to bottom."""
    parser = ConfigParser()
    parser.read(walls, encoding="utf-8")
    inside, whole = {}, []
    for name in parser.sections():
        if name.startswith(CONTRACT) and parser[name]["type"] == "layers":
            layers = [line.split(" | ") for line in parser[name]["layers"].split("\n") if line]
            if "containers" in parser[name]:
                inside[parser[name]["containers"].strip()] = layers
            else:
                whole = layers
    for layer, members in enumerate(whole):
        yield from _of_layer([each for each in members if each not in inside], packages, layer)
        for within in [each for each in members if each in inside]:
            for inner, names in enumerate(inside[within]):
                full = [f"{within}.{name}" for name in names]
                yield from _of_layer(full, packages, layer, within, inner)


def _of_layer(
    members: Iterable[str],
    packages: frozenset[str],
    layer: int,
    within: str | None = None,
    inner: int = 0,
) -> Iterator[Room]:
    """Make a room of each package, and one of what single modules there are."""
    single = []
    for member in members:
        if member in packages:
            yield Room((member,), layer, within, inner)
        else:
            single.append(member)
    if single:
        yield Room(tuple(single), layer, within, inner)


def _room_of(module: str, rooms: Iterable[Room]) -> Room:
    for room in rooms:
        if room.holds(module):
            return room
    raise ValueError(f"{module} stands in no layer of .importlinter")


def _lines(project: Path, module: str, is_package: bool) -> int:
    root = project / "src" if module.startswith(PACKAGES[0]) else project
    path = root.joinpath(*module.split("."))
    path = path / "__init__.py" if is_package else path.with_suffix(".py")
    return len(path.read_text(encoding="utf-8").splitlines())


def draw(house: House) -> str:
    """Draw the house as Mermaid, from top to bottom, and say what its figures are."""
    levels: dict[int, list[Room]] = {}
    for room in house.rooms:
        levels.setdefault(room.layer, []).append(room)
    lines = ["```mermaid", "flowchart TB"]
    for rooms in levels.values():
        lines += _level(house, rooms)
    first = [rooms[0] for rooms in levels.values()]
    lines += [f"    {_outer(one)} ~~~ {_outer(other)}" for one, other in pairwise(first)]
    lines += [f"    {one} --> {other}" for one, other in sorted(set(_drawn(house)))]
    upward = f"{len(house.upward)} upward" if house.upward else "none upward"
    figures = f"{len(house.rooms)} rooms in {house.layers} layers, {len(house.arrows)} arrows"
    return "\n".join([*lines, "```", "", f"{figures}, {upward}."])


def _level(house: House, rooms: Iterable[Room]) -> Iterator[str]:
    within = None
    for room in rooms:
        if room.within != within:
            if within:
                yield "    end"
            within = room.within
            if within:
                yield f'    subgraph {_key(within)}["{within.split(".")[-1]}"]'
        modules = "1 module" if house.modules[room] == 1 else f"{house.modules[room]} modules"
        size = f"{modules}, {house.lines[room]} lines"
        yield f'    {_key(room.members[0])}["<b>{room.name}</b><br/>{size}"]'
    if within:
        yield "    end"


def _drawn(house: House) -> Iterator[tuple[str, str]]:
    """Give the arrows to draw; from outside they lead to the package that is drawn around."""
    for one, other in house.arrows:
        if one.within and one.within == other.within:
            yield _key(one.members[0]), _key(other.members[0])
        elif other.members[0] in house.packages - {FLOOR} or other.within:
            yield _outer(one), _outer(other)


def _outer(room: Room) -> str:
    return _key(room.within or room.members[0])


def _key(name: str) -> str:
    return name.removeprefix(f"{PACKAGES[0]}.").replace(".", "_")


def drawn_in(text: str) -> str:
    """Give the drawing that a text has between its markers."""
    return text.partition(BEGIN)[2].partition(END)[0].strip()


def main() -> None:
    """Draw the house into the README."""
    readme = PROJECT_DIR / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    drawing = draw(measure())
    readme.write_text(f"{before}{BEGIN}\n{drawing}\n{END}{after}", encoding="utf-8")
    print(drawing.splitlines()[-1])


if __name__ == "__main__":
    main()
