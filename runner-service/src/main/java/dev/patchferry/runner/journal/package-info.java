/**
 * The runner's memory: which patches it was given and every state each came to, numbered, durable before anybody acts on
 * it. Imports no other feature; everything else asks here what is true.
 */
@NullMarked
package dev.patchferry.runner.journal;

import org.jspecify.annotations.NullMarked;
