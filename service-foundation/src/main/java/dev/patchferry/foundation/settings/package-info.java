/**
 * The settings of both services: their names, what each of them takes, and the refusal of every other. A service reads its
 * settings through {@link dev.patchferry.foundation.settings.ServiceMain} before anything else of it starts, and commands
 * through {@link dev.patchferry.foundation.settings.SettingsCheck}. A wrong setting ends the process with exit code 78 and
 * one line that names the setting, its value and what it takes.
 */
@NullMarked
package dev.patchferry.foundation.settings;

import org.jspecify.annotations.NullMarked;
