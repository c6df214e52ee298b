"""A model's linear layers with their weights packed for this processor: the same sums, sooner.

PyTorch multiplies by a plain weight matrix through its BLAS, which lays the matrix out anew for
every call. oneDNN, which PyTorch carries too, can be given it laid out once: a short text then
takes about two thirds of the time, a batch of long ones about five sixths. Results differ from
the plain ones in the last bits only.
"""

import torch
from torch import Tensor, nn


class PackedLinear(nn.Module):
    """A linear layer for inference.

    `weight` is opaque: it has a type and a shape, for models that ask, and no readable numbers.
    """

    def __init__(self, plain: nn.Linear) -> None:
        super().__init__()
        self.weight = torch.ops.mkldnn._reorder_linear_weight(plain.weight.detach())  # noqa: SLF001
        self.bias = None if plain.bias is None else plain.bias.detach()

    def forward(self, values: Tensor) -> Tensor:
        """Return the layer's output, shape (..., out_features)."""
        product: Tensor = torch.ops.mkldnn._linear_pointwise(  # noqa: SLF001
            values, self.weight, self.bias, "none", [], ""
        )
        return product


def can_pack() -> bool:
    """Return whether this PyTorch and this processor have packed layers."""
    names = "_reorder_linear_weight", "_linear_pointwise"  # private, so they may go
    is_there = bool(torch.backends.mkldnn.is_available())  # type: ignore[no-untyped-call]
    return is_there and all(hasattr(torch.ops.mkldnn, name) for name in names)


def pack_linear_layers(model: nn.Module) -> None:
    """Replace the linear layers of `model`, in place, where that is possible.

    Only plain ones of single precision: a subclass may do more than multiply.
    """
    if not can_pack():
        return
    for parent in list(model.modules()):
        for name, layer in parent.named_children():
            if type(layer) is nn.Linear and layer.weight.dtype == torch.float32:
                setattr(parent, name, PackedLinear(layer))
