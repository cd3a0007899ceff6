"""A played day (`make day`) and nothing else: as in development, on a clock that several nodes share.

No other settings read ``TONGBAN_CLOCK_FILE``; a production node keeps the machine's time whatever it says.
"""

from tongban.site.settings.base import PROJECT
from tongban.site.settings.dev import *  # noqa: F403
from tongban.site.settings.dev import environment

CLOCK_FILE = environment.read_folder("TONGBAN_CLOCK_FILE", PROJECT)
