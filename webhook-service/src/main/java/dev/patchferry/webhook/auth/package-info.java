/**
 * Who is asking: turns a bearer token into a principal with roles and workspaces, through Quarkus Security. A request
 * without a valid token is nobody, in every profile; only the SHA-256 of a token is kept, and compared in constant time.
 * Resources say with {@code @RolesAllowed} and {@link dev.patchferry.webhook.auth.Roles} who may call them. {@code ferry
 * token} changes the file of principals, which the running service follows, as it does the files of signing secrets.
 * Imports {@code signature} and no other feature.
 */
@NullMarked
package dev.patchferry.webhook.auth;

import org.jspecify.annotations.NullMarked;
