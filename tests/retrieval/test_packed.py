"""Packed layers give what the plain ones give."""

import pytest
import torch
from torch import nn
from transformers.activations import GELUActivation

from retrieval.packed import PackedLinear, can_pack, fastest_dtype, pack_linear_layers

pytestmark = [
    pytest.mark.slow,  # torch takes seconds to import
    pytest.mark.skipif(not can_pack(), reason="this PyTorch or processor packs no weights"),
]

DTYPES = [torch.float32, *([torch.bfloat16] if fastest_dtype() == torch.bfloat16 else [])]


class Doubled(nn.Linear):
    """A linear layer that does more than multiply."""

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        return 2 * super().forward(values)


@pytest.mark.parametrize("shape", [(1, 24), (5, 24), (2, 3, 24)])
@pytest.mark.parametrize("bias", [True, False])
def test_a_packed_layer_gives_what_the_plain_one_gives(shape: tuple[int, ...], bias: bool) -> None:
    """For one row, many, and a batch of many, with a bias and without."""
    torch.manual_seed(1)
    plain = nn.Linear(24, 40, bias=bias)
    values = torch.randn(shape)
    with torch.inference_mode():
        packed = PackedLinear(plain, torch.float32)(values)
        torch.testing.assert_close(packed, plain(values))


@pytest.mark.skipif(
    fastest_dtype() != torch.bfloat16, reason="this processor does not multiply bfloat16"
)
@pytest.mark.parametrize("shape", [(1, 24), (2, 3, 24)])
@pytest.mark.parametrize("bias", [True, False])
def test_a_layer_of_16_bits_rounds_its_factors_and_its_sum(
    shape: tuple[int, ...], bias: bool
) -> None:
    """What is between them has 32 bits, and the output has the type of the input."""
    torch.manual_seed(1)
    plain = nn.Linear(24, 40, bias=bias)
    values = torch.randn(shape)
    with torch.inference_mode():
        packed = PackedLinear(plain, torch.bfloat16)(values)
        for parameter in plain.parameters():
            parameter.copy_(parameter.bfloat16())
        expected = plain(values.bfloat16().float())
    assert packed.dtype == torch.float32
    torch.testing.assert_close(packed, expected, rtol=2**-8, atol=1e-6)


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_gelu_behind_a_layer_is_done_with_it(dtype: torch.dtype) -> None:
    """As BERT has it: the same output, and the module that did it does nothing any more."""

    class Intermediate(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.dense = nn.Linear(24, 40)
            self.intermediate_act_fn = GELUActivation()

        def forward(self, values: torch.Tensor) -> torch.Tensor:
            activated: torch.Tensor = self.intermediate_act_fn(self.dense(values))
            return activated

    torch.manual_seed(1)
    block, values = Intermediate(), torch.randn(5, 24)
    with torch.inference_mode():
        expected = block(values)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("retrieval.packed.fastest_dtype", lambda: dtype)
            pack_linear_layers(block)
        assert isinstance(block.intermediate_act_fn, nn.Identity)
        tolerance = 1e-5 if dtype == torch.float32 else 0.02
        torch.testing.assert_close(block(values).float(), expected, rtol=0, atol=tolerance)


def test_layers_within_layers_are_packed() -> None:
    """However deep they stand in the model."""
    model = nn.Sequential(nn.Linear(4, 4), nn.Sequential(nn.ReLU(), nn.Linear(4, 4)))
    pack_linear_layers(model)
    assert sum(isinstance(layer, PackedLinear) for layer in model.modules()) == 2


def test_other_layers_stay_as_they_are() -> None:
    """A subclass may mean something else, and half precision has sums of its own."""
    model = nn.Sequential(Doubled(4, 4), nn.Linear(4, 4).half())
    pack_linear_layers(model)
    assert not any(isinstance(layer, PackedLinear) for layer in model.modules())
