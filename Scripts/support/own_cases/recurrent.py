"""RNN, GRU and LSTM, of one batch and one or two hidden units unless said otherwise."""
import numpy as np

from .case import F, I32, Case


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def rnn_clips_before_the_activation():
    case = Case("RNN", 22, "clip 1: an input of 3 counts as 1 before the activation", 30, rtol=1e-6)
    case.input("X", [[[3]]], F), case.input("W", [[[1]]], F), case.input("R", [[[0]]], F)
    case.apply("X", "W", "R", outputs=["", "Y"], hidden_size=1, clip=1.0)
    return case.gives([[[np.tanh(1)]]], F)


def lstm_clips_the_cell_before_h():
    case = Case("LSTM", 22, "clip 1: the cell of 1.46 counts as 1 before h, but is handed on as it is", 30, rtol=1e-6)
    # Gates in the order i, o, f, c: the first three are sigmoid(1) after clipping, the last adds 0.
    case.input("X", [[[1]]], F), case.input("W", [[[50], [50], [50], [0]]], F)
    case.input("R", np.zeros((1, 4, 1)), F), case.input("C0", [[[2]]], F)
    case.apply("X", "W", "R", "", "", "", "C0", outputs=["", "Y", "C"], hidden_size=1, clip=1.0)
    gate = _sigmoid(1)
    case.gives([[[gate * np.tanh(min(gate * 2, 1))]]], F)
    return case.gives([[[gate * 2]]], F, "C")


def _lengths(operator, gates, shows):
    """Two sequences of one step, of which the second has length 0; every gate's weight is 0."""
    case = Case(operator, 22, shows, 30, rtol=1e-6)
    case.input("X", [[[1], [1]]], F), case.input("W", np.zeros((1, gates, 1)), F)
    case.input("R", np.zeros((1, gates, 1)), F)
    case.input("lengths", [1, 0], I32), case.input("H0", [[[0.5], [0.5]]], F)
    case.apply("X", "W", "R", "", "lengths", "H0", outputs=["Y", "H"], hidden_size=1)
    return case


def gru_of_length_0_keeps_the_initial_state():
    case = _lengths("GRU", 3, "a sequence of length 0 keeps its initial state, and its outputs are 0")
    # z is 1/2 and the candidate 0, so that the first state is halved.
    case.gives([[[[0.25], [0]]]], F)
    return case.gives([[[0.25], [0.5]]], F, "H").admits([[[0.25], [0]], [[0.25], [0]]])


def rnn_of_length_0_keeps_the_initial_state():
    case = _lengths("RNN", 1, "a sequence of length 0 keeps its initial state, and its outputs are 0")
    case.gives([[[[0], [0]]]], F)
    return case.gives([[[0], [0.5]]], F, "H").admits([[[0], [0]], [[0], [0]]])


def rnn_alpha_goes_to_functions_that_have_one():
    case = Case("RNN", 22, "the one alpha is that of LeakyRelu in reverse, since Tanh has none", 30, rtol=1e-6)
    case.input("X", [[[-1]]], F), case.input("W", [[[1]], [[1]]], F), case.input("R", np.zeros((2, 1, 1)), F)
    case.apply("X", "W", "R", outputs=["", "Y"], hidden_size=1, direction="bidirectional",
               activations=["Tanh", "LeakyRelu"], activation_alpha=[0.25])
    return case.gives([[[np.tanh(-1)]], [[-0.25]]], F)


def lstm_gates_stand_in_the_order_iofc():
    case = Case("LSTM", 22, "the rows of W are i, o, f, c", 30, rtol=1e-6)
    weights = [0.1, 0.2, 0.3, 0.4]
    case.input("X", [[[1]]], F), case.input("W", [[[it] for it in weights]], F)
    case.input("R", np.zeros((1, 4, 1)), F)
    case.apply("X", "W", "R", outputs=["", "Y", "C"], hidden_size=1)
    i, o, _, c = weights
    cell = _sigmoid(i) * np.tanh(c)
    case.gives([[[_sigmoid(o) * np.tanh(cell)]]], F)
    return case.gives([[[cell]]], F, "C")


def lstm_input_forget():
    case = Case("LSTM", 22, "input_forget: f is 1 - i", 30, rtol=1e-6)
    case.input("X", [[[1]]], F), case.input("W", [[[0.1], [0.2], [0.3], [0.4]]], F)
    case.input("R", np.zeros((1, 4, 1)), F), case.input("C0", [[[2]]], F)
    case.apply("X", "W", "R", "", "", "", "C0", outputs=["", "", "Y"], hidden_size=1, input_forget=1)
    i = _sigmoid(0.1)
    return case.gives([[[(1 - i) * 2 + i * np.tanh(0.4)]]], F)


def gru_1_misspelt_direction():
    case = Case("GRU", 1, "the text's own \"foward\" is taken as forward", 30, rtol=1e-6)
    case.input("X", [[[1]]], F), case.input("W", [[[0], [0], [1]]], F), case.input("R", np.zeros((1, 3, 1)), F)
    case.apply("X", "W", "R", outputs=["", "Y"], hidden_size=1, direction="foward")
    return case.gives([[[np.tanh(1) / 2]]], F)
