/**
 * Takes patches in: {@code POST /webhook}. Authenticates before it reads, reads within bounds, validates the whole
 * document, and answers 2xx only for what {@code application} stored durably. Nothing calls it.
 */
@NullMarked
package dev.patchferry.webhook.intake;

import org.jspecify.annotations.NullMarked;
