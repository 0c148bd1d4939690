/**
 * Who is asking: turns a bearer token into a principal with roles, through Quarkus Security. A request without a valid
 * token is nobody, in every profile; tokens are compared in constant time and only their SHA-256 is kept. Resources
 * say with {@code @RolesAllowed} and {@link dev.patchferry.webhook.auth.Roles} who may call them. Imports no other
 * feature.
 */
@NullMarked
package dev.patchferry.webhook.auth;

import org.jspecify.annotations.NullMarked;
