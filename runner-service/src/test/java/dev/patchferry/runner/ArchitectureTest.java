package dev.patchferry.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;

/** Which features of the runner may use which, and which may use the engine. What the engine may use, its own test says. */
@AnalyzeClasses(
        packages = {"dev.patchferry.runner", "dev.patchferry.engine"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule arrowsRunOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("..runner.cli..")
            .layer("bootstrap")
            .definedBy("..runner.bootstrap..")
            .layer("api")
            .definedBy("..runner.api..")
            .layer("queue")
            .definedBy("..queue..")
            .layer("approval")
            .definedBy("..runner.approval..")
            .layer("undo")
            .definedBy("..runner.undo..")
            .layer("execution")
            .definedBy("..execution..")
            .layer("sandbox")
            .definedBy("..sandbox..")
            .layer("workspace")
            .definedBy("..workspace..")
            .layer("process")
            .definedBy("..process..")
            .layer("format")
            .definedBy("..engine.format..")
            .layer("edit")
            .definedBy("..engine.edit..")
            .layer("plan")
            .definedBy("..engine.plan..")
            .layer("policy")
            .definedBy("..engine.policy..")
            .layer("git")
            .definedBy("..runner.git..")
            .layer("retention")
            .definedBy("..retention..")
            .layer("logs")
            .definedBy("..logs..")
            .layer("reads")
            .definedBy("..runner.reads..")
            .layer("redaction")
            .definedBy("..runner.redaction..")
            .layer("journal")
            .definedBy("..journal..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("bootstrap")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("bootstrap")
            .whereLayer("queue")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli")
            .whereLayer("approval")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "queue")
            .whereLayer("undo")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "queue")
            .whereLayer("retention")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli")
            .whereLayer("execution")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli", "queue", "approval", "undo")
            .whereLayer("sandbox")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli", "execution")
            .whereLayer("workspace")
            .mayOnlyBeAccessedByLayers(
                    "api", "bootstrap", "cli", "queue", "approval", "undo", "execution", "sandbox", "reads")
            .whereLayer("process")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli", "queue", "execution", "sandbox")
            .whereLayer("format")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli", "execution")
            .whereLayer("edit")
            .mayOnlyBeAccessedByLayers("workspace")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli", "execution", "undo", "workspace", "format", "edit")
            .whereLayer("policy")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli", "execution", "undo")
            .whereLayer("git")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli", "execution", "undo", "workspace", "reads")
            .whereLayer("logs")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli", "queue", "approval", "undo", "execution", "retention")
            .whereLayer("journal")
            .mayOnlyBeAccessedByLayers(
                    "api", "bootstrap", "cli", "queue", "approval", "undo", "execution", "logs", "retention")
            .whereLayer("reads")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("redaction")
            .mayOnlyBeAccessedByLayers("api", "bootstrap", "cli", "logs", "journal", "reads");

    @ArchTest
    static final ArchRule filesKnowNoWorkspaceAndACommitKnowsItsFolderOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("workspace")
            .definedBy("dev.patchferry.runner.workspace")
            .layer("commit")
            .definedBy("dev.patchferry.runner.workspace.commit")
            .layer("fs")
            .definedBy("dev.patchferry.runner.workspace.fs")
            .whereLayer("workspace")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("commit")
            .mayOnlyBeAccessedByLayers("workspace");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.patchferry.runner.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule processesBeginInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("..process..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder");

    @ArchTest
    static final ArchRule nativeCallsAreMadeInFewClasses = noClasses()
            .that()
            .haveNameNotMatching(
                    ".*\\.process\\.(OutputPipe|Poll|ProcessDescriptor|ThreadIsolation|ThreadMounts)(\\$.*)?")
            .and()
            .haveNameNotMatching(
                    ".*\\.workspace\\.fs\\.(NativeCall|NativeFiles|Descriptors|FolderEntries|FileAttributes|ExtendedAttributes|"
                            + "ReadBuffer|ReadLease)|.*\\.workspace\\.WorkspaceLocks")
            .and()
            .doNotHaveSimpleName("MemoryFileBlocks")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule theFrameworkStaysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("..runner.api..", "..runner.bootstrap..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..", "io.smallrye..");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class);
}
