#!/usr/bin/env bash
# Stands up the test's WordPress with its posts, prints its address, and keeps it until Ctrl-C.
set -euo pipefail
exec python3 "$(dirname "${BASH_SOURCE[0]}")/run.py" --serve "$@"
