package dev.patchferry.webhook;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;

/** Marks the field of a test that wants the application's home directory. */
@Retention(RUNTIME)
public @interface FerryHome {}
