#!/usr/bin/env bash
# Builds the bundle that JupyterLab loads. Only here is Node needed; the bundle is committed.
set -euo pipefail
bin=$(cd "$1" && pwd)
cd "$(dirname "$0")/../labextension"
command -v npm >/dev/null || { echo "Node.js（npm）がありません。20 以上を入れてください"; exit 1; }
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
PATH="$bin:$PATH" npm run --silent build
cp install.json ../jusou_nb/labextension/jusou-nb/
"$bin/python" ../tools/bundle.py stamp
