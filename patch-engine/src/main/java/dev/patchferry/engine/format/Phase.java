package dev.patchferry.engine.format;

/** When a step has its turn; steps of one phase keep the order in which the document names them. */
enum Phase {
    PATCH,
    MUTATIONS,
    BUILD,
    VALIDATE
}
