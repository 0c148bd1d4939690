#!/bin/sh
# Opens a file for whatever follows.
exec 9<"$1"; shift
exec "$@"
