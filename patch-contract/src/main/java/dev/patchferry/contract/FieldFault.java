package dev.patchferry.contract;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the document as a whole
 * @param detail what is wrong and what to send instead, for the sender
 */
public record FieldFault(String pointer, String detail) {}
