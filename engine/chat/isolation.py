"""Using a model in the middle of its training without leaving a trace."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def undisturbed(*models: Any) -> Iterator[None]:
    """Evaluation mode and no gradients inside; generators and modes as before afterwards.

    Saves torch's, CUDA's, Python's and numpy's random generators and every module's `.training`,
    so that a run with chat or an extra evaluation in its middle ends in the same weights as one
    without. Use it in the training thread only.
    """
    import numpy
    import torch

    modes = [(module, module.training) for model in models for module in model.modules()]
    python_state = random.getstate()
    numpy_state = numpy.random.get_state()
    torch_state = torch.get_rng_state()
    cuda_states = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else None
    try:
        for model in models:
            model.eval()
        with torch.no_grad():
            yield
    finally:
        for module, mode in modes:
            module.training = mode
        torch.set_rng_state(torch_state)
        if cuda_states is not None:
            torch.cuda.set_rng_state_all(cuda_states)
        numpy.random.set_state(numpy_state)
        random.setstate(python_state)
