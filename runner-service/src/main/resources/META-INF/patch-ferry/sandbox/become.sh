#!/bin/sh
# Becomes the program that runs the command.
exec "$@" 4>&-
