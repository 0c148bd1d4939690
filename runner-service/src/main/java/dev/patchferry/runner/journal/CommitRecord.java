package dev.patchferry.runner.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.Receipt;

/**
 * What a commit under way needs to be finished after a crash.
 *
 * @param receipt what the patch will end with
 * @param changes the workspace's list of changes, in its own words
 */
public record CommitRecord(Receipt receipt, JsonNode changes) {}
