"""A model's linear layers with their weights packed for this processor: the same sums, sooner.

PyTorch multiplies by a plain weight matrix through its BLAS, which lays the matrix out anew for
every call. oneDNN, which PyTorch carries too, can be given it laid out once: a short text then
takes about two thirds of the time, a batch of long ones about five sixths, and results differ
from the plain ones in the last bits only.

A processor that multiplies numbers of 16 bits (bfloat16) does so twice as fast and reads half
the memory. There both factors are rounded to eight significant bits and the products summed in
32: a short text takes half of the plain time, a batch three fifths, and vectors turn by half a
degree.
"""

from typing import Literal

import torch
from torch import Tensor, nn
from transformers.activations import GELUActivation


class PackedLinear(nn.Module):
    """A linear layer for inference.

    `weight` is opaque: it has a type and a shape, for models that ask, and no readable numbers.
    """

    def __init__(
        self, plain: nn.Linear, dtype: torch.dtype, then: Literal["none", "gelu"] = "none"
    ) -> None:
        """Pack a layer.

        Args:
            plain: Of single precision.
            dtype: What is multiplied: torch.float32 or torch.bfloat16.
            then: What is done to the output while it is still near the processor.
        """
        super().__init__()
        self._dtype = dtype
        self._then = then
        weight = plain.weight.detach().to(dtype)
        self.weight = torch.ops.mkldnn._reorder_linear_weight(weight)  # noqa: SLF001
        self.bias = None if plain.bias is None else plain.bias.detach().to(dtype)

    def forward(self, values: Tensor) -> Tensor:
        """Return the layer's output, shape (..., out_features).

        Of single precision; before another layer, where a GELU stands between, as multiplied.
        """
        is_last = self._then == "none"
        product: Tensor = torch.ops.mkldnn._linear_pointwise(  # noqa: SLF001
            values.to(self._dtype),
            self.weight,
            self.bias,
            self._then,
            [],
            "" if is_last else "none",  # which GELU: the exact one
        )
        return product.float() if is_last else product


def can_pack() -> bool:
    """Return whether this PyTorch and this processor have packed layers."""
    names = "_reorder_linear_weight", "_linear_pointwise"  # private, so they may go
    is_there = bool(torch.backends.mkldnn.is_available())  # type: ignore[no-untyped-call]
    return is_there and all(hasattr(torch.ops.mkldnn, name) for name in names)


def fastest_dtype() -> torch.dtype:
    """Return what this processor multiplies fastest, of those that `PackedLinear` knows.

    Others than x86 may have bfloat16 too; nobody has measured Footnote on one.
    """
    is_wide = torch.cpu.get_capabilities().get("avx512_bf16", False)
    return torch.bfloat16 if is_wide else torch.float32


def pack_linear_layers(model: nn.Module) -> None:
    """Replace the linear layers of `model`, in place, where that is possible.

    Only plain ones of single precision: a subclass may do more than multiply.
    """
    if not can_pack():
        return
    dtype = fastest_dtype()
    for parent in list(model.modules()):
        for name, layer in parent.named_children():
            if type(layer) is nn.Linear and layer.weight.dtype == torch.float32:
                then = _taken_over(parent, name)
                setattr(parent, name, PackedLinear(layer, dtype, then))


def _taken_over(parent: nn.Module, name: str) -> Literal["none", "gelu"]:
    """Return what the layer does for the module after it, which then does nothing any more.

    BERT's feed-forward block is a linear layer with a GELU behind it, and a tenth of the time
    went into reading and writing what is between them.
    """
    if name == "dense" and type(getattr(parent, "intermediate_act_fn", None)) is GELUActivation:
        parent.intermediate_act_fn = nn.Identity()
        return "gelu"
    return "none"
