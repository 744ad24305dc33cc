#!/usr/bin/env bash
# Has this machine what the tests in the browser need? Installs it where it may, else names it.
set -u
need=()
browser=${JUSOU_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$browser" ] || need+=(chromium)
if ! fc-list :lang=ja 2>/dev/null | grep -q .; then need+=(fontconfig fonts-ipaexfont); fi
command -v pdftoppm >/dev/null || need+=(poppler-utils)
[ ${#need[@]} -eq 0 ] && exit 0

if command -v apt-get >/dev/null; then
  as=()
  if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then as=(sudo -n); else as=(false); fi
  fi
  export DEBIAN_FRONTEND=noninteractive
  if "${as[@]}" apt-get update -qq >/dev/null && "${as[@]}" apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null; then
    fc-cache -f >/dev/null 2>&1
    exit 0
  fi
fi
echo "足りないもの: ${need[*]}（入れるか、ブラウザーなら JUSOU_CHROMIUM で場所を示してください）" >&2
exit 1
