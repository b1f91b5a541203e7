"""Weak-to-strong generalization: exact limits, exact simulation, networks, chains and real data.

Every study of the program ``w2s`` is a function here, with the same parameters and the same numbers, to the bit::

    import weaktostrong as w2s

    table = w2s.limits(gamma_teacher=0.25, gamma_student=1.2, noise_variance=3, lambda_teacher=0.05, lambda_student="0.01:10:64")
    table["gap"]
    w2s.plot(table)

Wrong input raises ``ValueError`` with one sentence; Ctrl-C stops a run and raises ``Interrupted``, a ``KeyboardInterrupt``, whose ``table``
holds what was finished.
"""

from ._native import library as _library
from ._picture import Picture, plot
from ._run import File, Grid, Interrupted, ProgressReport
from ._studies import *  # noqa: F403
from ._studies import __all__ as _studies_all
from ._studies import studies
from ._table import Table

__version__: str = _library.w2s_version().decode()

__all__ = ["File", "Grid", "Interrupted", "Picture", "ProgressReport", "Table", "plot", "studies", *_studies_all]
