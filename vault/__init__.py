"""What is kept, and who may see it: collections, catalogue, vectors, originals, access, settings.

Importing this package takes the process offline first (`vault.process.offline`): the order matters, because
several libraries read these switches only once, at import.
"""

from vault.process.memory import wipe_freed_memory
from vault.process.offline import go_offline

go_offline()
wipe_freed_memory()
