"""Names for the arrays that retrieval passes around."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Vectors = NDArray[np.float32]  # shape (n, dimension), rows of unit length
