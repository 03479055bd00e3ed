"""Hostile models, by topic: every public function of a topic makes one, and bears its name."""
import importlib
import inspect

TOPICS = ["nesting", "width", "extents", "shapes", "loops", "work", "text", "classical", "images", "files"]


def all_models():
    """(name, function that makes a Hostile) for every model."""
    for topic in TOPICS:
        module = importlib.import_module(f"{__name__}.{topic}")
        for name, make in vars(module).items():
            if inspect.isfunction(make) and make.__module__ == module.__name__ and name[0] != "_":
                yield name, make
