# Sourced by the other scripts: what a fresh Debian 12 with the Swift toolchain and Python still needs.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

say() { printf '\033[1m» %s\033[0m\n' "$*"; }

# Installs Debian packages that are not there yet; asks for nothing where all are.
need_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "installing ${missing[*]}"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}" >/dev/null
}

# The libraries that Touchstone links or opens at run time (those of ImageDecoder), and what its scripts run with.
need_build_tools() {
  command -v swift >/dev/null || { echo "the Swift toolchain is missing: see https://swift.org/install" >&2; exit 5; }
  need_packages libopenblas-dev libprotobuf-c-dev zlib1g-dev python3-venv
  need_packages libturbojpeg0 libpng16-16 libtiff6 libwebp7 libopenjp2-7
}
