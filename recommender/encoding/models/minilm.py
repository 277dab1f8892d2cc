"""all-MiniLM-L6-v2 as an ONNX graph: from the released tensors, in float32 or with 8-bit products.

Six BERT layers (Devlin et al. 2019): attention and feed-forward, each followed by a residual and a layer
normalisation. The graph takes token ids of texts of ONE length, so nothing is padded and nothing masked.
With `Ranges` the products are integers (see `int8`), but for the attention's values: keeping those 8% of
the products in float32 removes a third of the whole error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from recommender.encoding.models.int8 import Floats, Smoothing, codes, smoothing
from recommender.encoding.models.ranges import Ranges

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
_EPSILON = 1e-12
#: GELU is never below -.17: its codes start a little below zero instead of in the middle.
_GELU_FLOOR, _GELU_ZERO = 0.17, 25
#: The feed-forward channels of widest range, quantised apart so that they do not coarsen the others.
_WIDE = 384


class _Input(NamedTuple):
    """A product's input: as it is, and as codes with a scale a token (None where products are float32)."""

    plain: str
    quantised: tuple[str, str, str] | None


def minilm(tensors: Mapping[str, Floats], ranges: Ranges | None = None, *, taps: bool = False) -> bytes:
    """The serialised graph: "ids" int64 (texts, length) → "tokens" float32 (texts, length, 384).

    A text's vector is the mean of its tokens, at unit length. The mean is left to the caller: ONNX Runtime's
    sums in an order that depends on the number of texts, the only operator here that does.

    Args:
        tensors: the released weights, by name.
        ranges: makes the products 8-bit; None for float32.
        taps: also put out each product's input under its site's name, for calibration.
    """
    return _MiniLM(tensors, ranges, taps).graph()


class _MiniLM:
    def __init__(self, tensors: Mapping[str, Floats], ranges: Ranges | None, taps: bool) -> None:
        self._tensors, self._ranges, self._taps = tensors, ranges, taps
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._outputs: list[str] = []

    # the graph's letters

    def _constant(self, value: NDArray[Any] | Sequence[int]) -> str:
        name = f"c{len(self._constants)}"
        array = np.ascontiguousarray(value, None if isinstance(value, np.ndarray) else np.int64)
        self._constants.append(numpy_helper.from_array(array, name))
        return name

    def _floats(self, value: Floats | float) -> str:
        return self._constant(np.asarray(value, np.float32))

    def _node(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        output = f"{operator}{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def _contrib(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """An operator of ONNX Runtime's own."""
        return self._node(operator, *inputs, domain="com.microsoft", **attributes)

    def _tap(self, site: str, value: str) -> None:
        if self._taps:
            self._nodes.append(helper.make_node("Identity", [value], [site]))
            self._outputs.append(site)

    def _weight(self, name: str) -> Floats:
        return self._tensors[f"{name}.weight"].T

    def _bias(self, name: str) -> Floats:
        return self._tensors[f"{name}.bias"]

    # its words

    def _smoothing(self, site: str, weight: Floats) -> Smoothing:
        if self._ranges is None:
            return Smoothing(np.zeros(len(weight), np.float32), np.ones(len(weight), np.float32))
        return smoothing(self._ranges.centre[site], self._ranges.reach[site], weight)

    def _quantise(self, value: str, *, gelu: bool = False) -> _Input:
        """Codes of 0 to 255, a scale a token: to the greatest absolute value, or to a GELU's greatest."""
        if self._ranges is None:
            return _Input(value, None)
        last = self._constant([1])
        if gelu:
            zero = _GELU_ZERO
            top = self._node("ReduceMax", value, last, keepdims=0)
            scale = self._node("Mul", top, self._floats(1 / (255 - zero)))
            scale = self._node("Max", scale, self._floats(_GELU_FLOOR / zero))
        else:
            zero = 128
            top = self._node("ReduceMax", self._node("Abs", value), last, keepdims=0)
            scale = self._node("Mul", top, self._floats(1 / 127))
        zero_point = self._constant(np.array(zero, np.uint8))
        zeros = self._node("Expand", zero_point, self._node("Shape", scale))
        quantised = self._node("QuantizeLinear", value, scale, zeros, axis=0)
        return _Input(value, (quantised, self._node("Unsqueeze", scale, last), zero_point))

    def _product(self, given: _Input, weight: Floats) -> str:
        """(tokens, inputs) x (inputs, outputs)."""
        if given.quantised is None:
            return self._node("MatMul", given.plain, self._floats(weight))
        quantised, scale, zero_point = given.quantised
        values, step = codes(weight)
        one = self._floats(1)
        product = self._contrib(
            "MatMulIntegerToFloat", quantised, self._constant(values), one, self._floats(step), zero_point
        )
        return self._node("Mul", product, scale)

    def _normalised(self, name: str, value: str, after: Smoothing) -> str:
        """Layer normalisation, whose gain and bias take the smoothing of what comes after."""
        gain = self._tensors[f"{name}.weight"] / after.scale
        bias = (self._bias(name) - after.centre) / after.scale
        return self._node("LayerNormalization", value, self._floats(gain), self._floats(bias), epsilon=_EPSILON)

    def _residual(self, product: str, bias: Floats, value: str, smooth: Smoothing) -> str:
        """The product and its bias added to the value as it was before it was smoothed."""
        if self._ranges is not None:
            value = self._node("Mul", value, self._floats(smooth.scale))
        total = self._node("Add", product, value)
        return self._node("Add", total, self._floats(bias + smooth.centre))

    # its sentences

    def _attend(self, layer: int, value: str, smooth: Smoothing, shape: str) -> tuple[str, Floats]:
        """Self-attention and its output projection; returns the product and the bias still to be added."""
        prefix = f"encoder.layer.{layer}.attention."
        out = self._weight(f"{prefix}output.dense")
        inner = self._smoothing(f"project{layer}", out)
        given = self._quantise(value)
        self._tap(f"attend{layer}", value)
        parts, biases = [], []
        for name in ("query", "key", "value"):
            weight = self._weight(f"{prefix}self.{name}")
            bias = self._bias(f"{prefix}self.{name}") + smooth.centre @ weight
            weight = weight * smooth.scale[:, None]
            if name == "value":
                # attention averages the values, so their smoothing passes through it
                given, weight, bias = _Input(value, None), weight / inner.scale, (bias - inner.centre) / inner.scale
            parts.append(self._node("Reshape", self._product(given, weight), shape))
            biases.append(bias)
        mixed = self._contrib("MultiHeadAttention", *parts, self._floats(np.concatenate(biases)), num_heads=HEADS)
        mixed = self._node("Reshape", mixed, self._constant([-1, WIDTH]))
        self._tap(f"project{layer}", mixed)
        product = self._product(self._quantise(mixed), out * inner.scale[:, None])
        return product, self._bias(f"{prefix}output.dense") + inner.centre @ out

    def _feed_forward(self, layer: int, value: str, smooth: Smoothing) -> tuple[str, Floats]:
        """The two products around GELU; returns the second and the bias still to be added."""
        prefix = f"encoder.layer.{layer}."
        expand, contract = self._weight(f"{prefix}intermediate.dense"), self._weight(f"{prefix}output.dense")
        inner_bias = self._bias(f"{prefix}intermediate.dense") + smooth.centre @ expand
        bias = self._bias(f"{prefix}output.dense")
        self._tap(f"expand{layer}", value)
        given = self._quantise(value)
        total = None
        for channels in self._channels(layer):
            product = self._product(given, expand[:, channels] * smooth.scale[:, None])
            inner = self._contrib("BiasGelu", product, self._floats(inner_bias[channels]))
            self._tap(f"contract{layer}", inner)
            part = self._product(self._quantise(inner, gelu=True), contract[channels])
            total = part if total is None else self._node("Add", total, part)
            if self._ranges is not None:
                # the mean of what rounding the weights lost
                lost = codes(contract[channels]).lost(contract[channels])
                bias = bias + self._ranges.centre[f"contract{layer}"][channels] @ lost
        assert total is not None, "there is at least one group of channels"
        return total, bias

    def _channels(self, layer: int) -> list[NDArray[np.intp]]:
        """The feed-forward channels, those of widest range first."""
        if self._ranges is None:
            return [np.arange(INNER)]
        widest = np.argsort(-self._ranges.reach[f"contract{layer}"], kind="stable")
        return [np.sort(group) for group in np.split(widest, [_WIDE])]

    def _before_attention(self, layer: int) -> Smoothing:
        if layer == LAYERS:
            return Smoothing(np.zeros(WIDTH, np.float32), np.ones(WIDTH, np.float32))
        names = (f"encoder.layer.{layer}.attention.self.{name}" for name in ("query", "key", "value"))
        return self._smoothing(f"attend{layer}", np.concatenate([self._weight(name) for name in names], axis=1))

    def _embedded(self, size: str, smooth: Smoothing) -> str:
        words = self._tensors["embeddings.word_embeddings.weight"]
        places = self._tensors["embeddings.position_embeddings.weight"]
        # every token is of the first type
        places = places + self._tensors["embeddings.token_type_embeddings.weight"][0]
        length = self._node("Gather", size, self._constant([1]))
        place = self._node("Slice", self._floats(places), self._constant([0]), length, self._constant([0]))
        value = self._node("Add", self._node("Gather", self._floats(words), "ids"), place)
        value = self._normalised("embeddings.LayerNorm", value, smooth)
        return self._node("Reshape", value, self._constant([-1, WIDTH]))

    def graph(self) -> bytes:
        size = self._node("Shape", "ids")
        shape = self._node("Concat", size, self._constant([WIDTH]), axis=0)
        smooth = self._before_attention(0)
        value = self._embedded(size, smooth)
        for layer in range(LAYERS):
            prefix = f"encoder.layer.{layer}."
            product, bias = self._attend(layer, value, smooth, shape)
            value = self._residual(product, bias, value, smooth)
            smooth = self._smoothing(f"expand{layer}", self._weight(f"{prefix}intermediate.dense"))
            value = self._normalised(f"{prefix}attention.output.LayerNorm", value, smooth)
            product, bias = self._feed_forward(layer, value, smooth)
            value = self._residual(product, bias, value, smooth)
            smooth = self._before_attention(layer + 1)
            value = self._normalised(f"{prefix}output.LayerNorm", value, smooth)
        self._nodes.append(helper.make_node("Reshape", [value, shape], ["tokens"]))
        return self._serialised()

    def _serialised(self) -> bytes:
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "length"])
        outputs = [helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["texts", "length", WIDTH])]
        outputs += [helper.make_tensor_value_info(site, TensorProto.FLOAT, None) for site in self._outputs]
        graph = helper.make_graph(self._nodes, "minilm", [ids], outputs, self._constants)
        domains = [helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)]
        serialised: bytes = helper.make_model(graph, opset_imports=domains, ir_version=10).SerializeToString()
        return serialised
