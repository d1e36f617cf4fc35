"""What Incamera stores and who may see it: collections, documents, members, records, jobs, settings.

Importing this package first takes the process offline (`vault.process.offline`), because several libraries
read their switches only once, when they are imported.
"""

from vault.process.memory import wipe_freed_memory
from vault.process.offline import go_offline

go_offline()
wipe_freed_memory()
