#!/usr/bin/env bash
# LibreOffice 7.4.7: a macro library that is put into a new profile (user/basic/Standard) before the first start is replaced by
# the empty one of the installation; `soffice macro:///Standard.X.Y` then does nothing, prints nothing and leaves with 0. After a
# first start (--terminate_after_init) the library that is put there is run, in the same way.
# Seen on 2026-12-01 with Debian 12. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
library() {
    mkdir -p "$1/user/basic/Standard"
    local space='xmlns:library="http://openoffice.org/2000/library"'
    printf '<?xml version="1.0"?>\n<library:library %s library:name="Standard"><library:element library:name="X"/></library:library>' \
        "$space" > "$1/user/basic/Standard/script.xlb"
    printf '<?xml version="1.0"?>\n<script:module xmlns:script="http://openoffice.org/2000/script" script:name="X"
 script:language="StarBasic">Sub Y
Open "%s" For Output As #1
Print #1, "ran"
Close #1
StarDesktop.terminate()
End Sub</script:module>' "$1.log" > "$1/user/basic/Standard/X.xba"
}
start() { timeout 120 soffice "-env:UserInstallation=file://$1" --headless --norestore "${@:2}" > /dev/null 2>&1; }

library "$folder/new"
start "$folder/new" macro:///Standard.X.Y
start "$folder/used" --terminate_after_init
library "$folder/used"
start "$folder/used" macro:///Standard.X.Y
echo "in a new profile: $(cat "$folder/new.log" 2> /dev/null || echo nothing, and status 0); after a first start: $(cat "$folder/used.log")"
[ ! -e "$folder/new.log" ] && [ "$(cat "$folder/used.log")" = ran ]
