"""SessionOptions and RunOptions, with those of ONNX Runtime's fields that mean something here."""

import ctypes
import enum

from ._library import run_options_struct, session_options_struct


class GraphOptimizationLevel(enum.IntEnum):
    """How far a graph is rewritten before it runs."""

    ORT_DISABLE_ALL = 0
    ORT_ENABLE_BASIC = 1
    ORT_ENABLE_EXTENDED = 2
    ORT_ENABLE_ALL = 99


class SessionOptions:
    """What a session is built with."""

    __slots__ = (
        "graph_optimization_level",
        "intra_op_num_threads",
        "memory_limit",
        "optimized_model_filepath",
        "seed",
        "use_kernels",
    )

    def __init__(self):
        #: How far a graph is rewritten before it runs.
        self.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
        #: Threads within one operator; 0: as many as there are processors.
        self.intra_op_num_threads = 0
        #: Where the model that runs is written: what the level of optimization has made of the one given.
        self.optimized_model_filepath = ""
        #: Whether faster kernels run where there are any; otherwise every operator runs by its definition.
        self.use_kernels = True
        #: Where operators without a ``seed`` attribute begin to draw.
        self.seed = 0
        #: Bytes that all values of a run may take at a time; 0: 16 GiB, half of the machine's memory, or what the
        #: process may have, whichever is least.
        self.memory_limit = 0

    def _struct(self):
        options = session_options_struct()
        options.graph_optimization_level = int(self.graph_optimization_level)
        options.intra_op_num_threads = self.intra_op_num_threads
        options.use_kernels = int(bool(self.use_kernels))
        options.seed = self.seed
        options.memory_limit = self.memory_limit
        return options


class RunOptions:
    """What one run is made with."""

    __slots__ = ("_terminate", "seed")

    def __init__(self):
        #: Used instead of the session's seed; None: the session's.
        self.seed = None
        self._terminate = ctypes.c_int32(0)

    @property
    def terminate(self):
        """Whether runs with these options shall end; any thread may set it during a run."""
        return bool(self._terminate.value)

    @terminate.setter
    def terminate(self, value):
        self._terminate.value = int(bool(value))

    def _struct(self):
        options = run_options_struct()
        if self.seed is not None:
            options.seed = self.seed
            options.has_seed = 1
        options.terminate = ctypes.pointer(self._terminate)
        return options
