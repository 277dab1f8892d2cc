from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from recommender.encoding.models.int8 import codes, smoothing

weights = arrays(
    np.float32, st.tuples(st.sampled_from([2, 4, 8]), st.integers(1, 4)), elements=st.floats(-4, 4, width=32)
).filter(lambda weight: bool(np.abs(weight).max(axis=0).min() > 1e-3))


@given(weights)
def test_two_neighbouring_products_stay_within_sixteen_bits(weight: NDArray[np.float32]) -> None:
    values = codes(weight).values.astype(int)
    for sign in (1, -1):
        part = np.maximum(sign * values, 0)
        assert (255 * (part[0::2] + part[1::2])).max() < 2**15


@given(weights)
def test_a_code_is_within_half_a_step_of_its_weight(weight: NDArray[np.float32]) -> None:
    made = codes(weight)
    assert (np.abs(made.lost(weight)) <= made.step * 0.5001).all()


def test_a_step_fits_the_largest_weight_or_the_largest_pair() -> None:
    """Column 0: 2 and -2 do not add up, so 2 / 127. Column 1: 2 + 2 do, so 4 / 127."""
    weight = np.array([[2, 2], [-2, 2]], np.float32)
    np.testing.assert_allclose(codes(weight).step, [2 / 127, 4 / 127], rtol=1e-6)
    assert codes(weight).values.tolist() == [[127, 64], [-127, 64]]


def test_smoothing_changes_no_product() -> None:
    rng = np.random.default_rng(1)
    inputs, weight = rng.normal(3, 5, (20, 8)).astype(np.float32), rng.normal(size=(8, 4)).astype(np.float32)
    made = smoothing(inputs.mean(axis=0), np.abs(inputs).max(axis=0), weight)
    smooth = (inputs - made.centre) / made.scale
    again = smooth @ (weight * made.scale[:, None]) + made.centre @ weight
    np.testing.assert_allclose(again, inputs @ weight, atol=1e-3)


def test_smoothing_moves_an_outlier_into_the_weights() -> None:
    """Reach 100 beside 1, equal weights: scales in the ratio 100 ** 0.65 = 20."""
    made = smoothing(np.zeros(2, np.float32), np.array([100, 1], np.float32), np.ones((2, 3), np.float32))
    assert made.scale[0] / made.scale[1] == pytest.approx(100**0.65)


@pytest.mark.parametrize("inputs", [384, 1536])
def test_onnx_runtime_multiplies_codes_without_clipping(inputs: int) -> None:
    """The largest activations there are, against weights that are all as large as pairs allow."""
    rng = np.random.default_rng(2)
    weight = np.where(rng.random((inputs, 48)) < 0.9, 1, -1).astype(np.float32)
    values = codes(weight).values
    activations = np.full((40, inputs), 255, np.uint8)
    activations[rng.random(activations.shape) < 0.05] = 0
    node = helper.make_node("MatMulInteger", ["a", "b", "zero"], ["c"])
    graph = helper.make_graph(
        [node],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, [40, inputs])],
        [helper.make_tensor_value_info("c", TensorProto.INT32, [40, 48])],
        [numpy_helper.from_array(values, "b"), numpy_helper.from_array(np.array(128, np.uint8), "zero")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (product,) = session.run(None, {"a": activations})
    assert (product == (activations.astype(int) - 128) @ values.astype(int)).all()
