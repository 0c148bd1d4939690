#!/bin/sh
# Where the thread that starts this sets up the mounts.
enter "$@"
