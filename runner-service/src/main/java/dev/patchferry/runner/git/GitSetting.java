package dev.patchferry.runner.git;

/**
 * One value of git's configuration.
 *
 * @param section lower case, as {@code core}
 * @param subsection as {@code origin} in {@code remote.origin.url}; empty if there is none
 * @param key lower case, as {@code hookspath}
 */
record GitSetting(String section, String subsection, String key, String value) {}
