/**
 * The pair as containers: built from the Dockerfiles, started by the project's own {@code docker-compose.yml}, met
 * through the one published port. Needs a Docker daemon, Compose v2 and the Dockerfiles' base image ({@code .ci/docker.sh}
 * provides all three on Debian); tagged {@code containers}.
 */
@NullMarked
package dev.patchferry.system.containers;

import org.jspecify.annotations.NullMarked;
