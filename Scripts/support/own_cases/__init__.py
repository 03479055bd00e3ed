"""Our own cases, by topic: every public function of a topic yields one case, and bears its name."""
import importlib
import inspect

TOPICS = [
    "versions", "element_types", "graphs", "kernels", "arithmetic", "casting", "quantization", "selection", "shapes",
    "pooling", "resize", "vision", "signal", "normalization", "recurrent", "attention", "control", "text", "classical",
]


def all_cases():
    """(name, Case) for every case, in the order in which they are written down."""
    for topic in TOPICS:
        module = importlib.import_module(f"{__name__}.{topic}")
        for name, make in vars(module).items():
            if inspect.isfunction(make) and make.__module__ == module.__name__ and name[0] != "_":
                yield name, make()
